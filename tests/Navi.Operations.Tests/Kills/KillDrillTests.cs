using Navi.Drills.Kills;
using Navi.Testing;

namespace Navi.Operations.Tests.Kills;

/// <summary>The drill, as <c>navi drill kills --quick</c> runs it.</summary>
public sealed class KillDrillTests
{
    [Fact]
    public async Task Drill_WorkersKilledAndCutOff_LosesNothingAndSeesDoubledEffectsWithoutTheLedger()
    {
        using var output = new StringWriter();

        var code = await KillDrill.RunAsync(KillOptions.Parse(["--quick"]), output, TestContext.Current.CancellationToken);

        Figures.Keep("drill-kills", output.ToString());
        Assert.Contains("ok     Nothing accepted is lost: 0", output.ToString());
        Assert.Contains("ok     No result is wrong: 0", output.ToString());
        Assert.Contains("ok     Without the ledger doubled effects are seen: ", output.ToString());
        Assert.True(code == 0, output.ToString());
    }
}
