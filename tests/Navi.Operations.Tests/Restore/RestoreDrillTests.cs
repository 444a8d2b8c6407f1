using Navi.Drills.Restore;
using Navi.Testing;

namespace Navi.Operations.Tests.Restore;

/// <summary>The restore drill, as <c>navi drill restore</c> runs it.</summary>
public sealed class RestoreDrillTests
{
    [Fact]
    public async Task Drill_DatabaseLostAndRestored_HoldsWhatWasOpenAndRepeatsNothing()
    {
        using var output = new StringWriter();

        var code = await RestoreDrill.RunAsync(output, TestContext.Current.CancellationToken);

        Figures.Keep("drill-restore", output.ToString());
        Assert.True(code == 0, output.ToString());
    }
}
