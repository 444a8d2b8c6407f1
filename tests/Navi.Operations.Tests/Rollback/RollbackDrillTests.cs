using Navi.Drills.Rollback;
using Navi.Testing;

namespace Navi.Operations.Tests.Rollback;

/// <summary>The release before this one on this build's schema, as <c>navi drill rollback --skip-after</c> tries it.</summary>
public sealed class RollbackDrillTests
{
    [Fact]
    public async Task Drill_ReleaseBefore_WorksOnThisSchemaOrRefusesIt()
    {
        var stop = TestContext.Current.CancellationToken;
        // A clone of a part of the history has nothing to try; a pipeline that sees to it that there is everything must not lose that unseen.
        if (await new History(SourceTree.Root).BeforeAsync(stop) is null && Environment.GetEnvironmentVariable("NAVI_TEST_FULL_HISTORY") is null)
            Assert.Skip("The history of this clone does not reach back to the release before.");
        using var output = new StringWriter();

        var code = await RollbackDrill.RunAsync(new RollbackOptions(Before: true, After: false), output, stop);

        Figures.Keep("drill-rollback", output.ToString());
        Assert.True(code == 0, output.ToString());
    }
}
