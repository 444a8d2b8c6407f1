using Navi.Drills.Faults;
using Navi.Drills.Rules;
using Navi.Drills.Staging;

namespace Navi.Operations.Tests.Faults;

/// <summary>What is said about what the drill shows.</summary>
public sealed class AlertCoverageTests
{
    [Fact]
    public void Of_AlertsAndFaults_TellsRaisedFromTried()
    {
        var alerts = new[] { "Raised", "Lasting", "Tried", "Left" }.Select(n => new Rule { Alert = n, Annotations = { ["runbook_url"] = $"docs/runbooks/{n.ToLowerInvariant()}.md" } }).ToList();
        var coverage = AlertCoverage.Of([.. alerts, alerts[0]], [new Fault()]);
        Assert.Equal(["raised by fault", "raised by fault", "runbook only, in fault", "not in the drill"], coverage.Select(c => c.Words));
    }

    [Fact]
    public void Faults_Always_RaiseAlertsThatExist() =>
        Assert.Empty(FaultDrillOptions.All.Select(f => f()).SelectMany(f => f.Alerts.Concat(f.Lasting)).Except(RuleFiles.Alerts.Select(a => a.Alert!)));

    [Fact]
    public void Summary_Always_NamesEveryAlert() => Assert.All(RuleFiles.Alerts, alert => Assert.Contains(alert.Alert!, AlertCoverage.Summary, StringComparison.Ordinal));

    private sealed class Fault : IFault
    {
        public string Name => "fault";

        public string Injection => "";

        public IReadOnlyList<string> Alerts => ["Raised"];

        public IReadOnlyList<string> Lasting => ["Lasting"];

        public string Runbook => "raised";

        public IReadOnlyList<string> Also => ["tried"];

        public Task InjectAsync(Stage stage, CancellationToken cancellation) => Task.CompletedTask;

        public Task RestoreAsync(Stage stage, CancellationToken cancellation) => Task.CompletedTask;
    }
}
