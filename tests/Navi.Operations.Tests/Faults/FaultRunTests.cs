using Navi.Drills.Faults;
using Navi.Drills.Staging;

namespace Navi.Operations.Tests.Faults;

/// <summary>A short drill: one real fault on a whole installation, told by a real Prometheus and Alertmanager, mended by the runbook's own commands.</summary>
public sealed class FaultRunTests
{
    [Fact]
    public async Task PoolExhausted_RunbookFollowed_AlertFiresAndIsResolved()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var stage = await Stage.StartAsync(cancellation);
        await using var fault = new PoolExhausted();
        var said = new StringWriter();

        var report = await new FaultRun(stage, fault, withOthers: false, said).RunAsync(cancellation);

        TestContext.Current.TestOutputHelper?.WriteLine(said.ToString());
        Assert.True(report.Failures.Count == 0, $"{string.Join('\n', report.Failures)}\n{said}");
        Assert.NotNull(report.Told);
        Assert.True(report.Resolved > report.Fired);
        Assert.Equal(new(), new HashSet<string>(report.Runbook.Where(c => !c.Fits).Select(c => c.Block.Place)));
        Assert.Contains(report.Runbook, c => c.Output.Contains("reporting", StringComparison.Ordinal));
    }
}
