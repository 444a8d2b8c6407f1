using Navi.Drills.GoLive;
using Navi.Testing;

namespace Navi.Operations.Tests.GoLive;

/// <summary>The drill of the go-live check, as <c>navi drill golive</c> runs it.</summary>
public sealed class GoLiveDrillTests
{
    [Fact]
    public async Task Drill_DeploymentsWithOneFaultEach_FailExactlyItsItem()
    {
        using var output = new StringWriter();

        var code = await GoLiveDrill.RunAsync(output, TestContext.Current.CancellationToken);

        Figures.Keep("drill-golive", output.ToString());
        Assert.True(code == 0, output.ToString());
    }
}
