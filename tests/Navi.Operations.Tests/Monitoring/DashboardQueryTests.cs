using Navi.Drills.Monitoring;

namespace Navi.Operations.Tests.Monitoring;

/// <summary>Every query of every dashboard and every rule, on a real Prometheus that watches a NAVI at work.</summary>
public sealed class DashboardQueryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Queries_OnAWatchedNavi_HaveSomethingToShow()
    {
        await using var text = new StringWriter();
        var report = new DrillReport(text);
        await MonitoringDrill.DashboardsAsync(report, TestContext.Current.CancellationToken);
        Assert.True(report.Failures == 0, text.ToString());
        output.WriteLine(text.ToString());
    }
}
