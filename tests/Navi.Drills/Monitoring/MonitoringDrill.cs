using System.Diagnostics;
using Navi.Drills.Dashboards;
using Navi.Drills.Routing;
using Navi.Drills.Rules;
using Navi.Drills.Tools;

namespace Navi.Drills.Monitoring;

/// <summary><c>navi drill monitoring</c>: what watches NAVI, tried out.</summary>
internal static class MonitoringDrill
{
    // Some rules are evaluated once a minute, and the roll-up comes every five.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(130);

    /// <summary>Runs it and prints a line for each part; 1 when a part failed.</summary>
    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        var report = new DrillReport(output);
        await report.AddAsync($"promtool check: {RuleFiles.Rules.Count} rules in {RuleFiles.Names.Count} files, {RuleFiles.Alerts.Count} of them alerts", await Promtool.CheckRulesAsync(cancellation));
        await report.AddAsync("promtool check: prometheus.yml", await Promtool.CheckConfigurationAsync(cancellation));
        await report.AddAsync($"promtool test: {RuleTests.All.Count} expectations in {RuleTests.Files.Count} files", await Promtool.TestRulesAsync(cancellation));
        await report.AddAsync("amtool check: alertmanager.yml", await Amtool.CheckConfigurationAsync(cancellation));
        await report.AddAsync($"amtool routes: {Amtool.Routes.Count} alerts by severity", await Amtool.TestRoutesAsync(cancellation));
        await DashboardsAsync(report, cancellation);
        return report.Failures == 0 ? 0 : 1;
    }

    /// <summary>Loads a watched NAVI and looks at what its Prometheus knows.</summary>
    public static async Task DashboardsAsync(DrillReport report, CancellationToken cancellation)
    {
        await using var navi = await WatchedNavi.StartAsync(cancellation);
        var load = new Load(navi);
        var queries = new PanelQueries(navi.Prometheus, TimeProvider.System.GetUtcNow());
        var began = Stopwatch.StartNew();
        IReadOnlyList<string> empty;
        var rounds = 0;
        do
        {
            await load.RoundAsync(cancellation);
            rounds++;
            empty = await queries.EmptyAsync(TimeProvider.System.GetUtcNow(), cancellation);
        }
        while (empty.Count > 0 && began.Elapsed < Patience);
        var rules = await navi.Prometheus.RulesAsync(cancellation);
        var missing = RuleFiles.Rules.Select(r => r.Alert ?? r.Record!).Except(rules.Select(r => r.Name)).Select(n => $"not loaded: {n}");
        await report.AddAsync($"Prometheus: {rules.Count} rules loaded and evaluated", Lines([.. missing, .. rules.Where(r => r.Health != "ok").Select(r => $"{r.Name}: {r.Health} {r.Error}")]));
        await report.AddAsync(
            $"Grafana: {Dashboard.All.Count} dashboards, {Dashboard.All.Sum(d => d.Panels.Count)} panels, {PanelQueries.All.Count - empty.Count} of {PanelQueries.All.Count} queries have something to show, after {rounds} rounds of load",
            Lines(empty));
        var unsent = await UnsentAsync(navi, cancellation);
        await report.AddAsync($"remote write: {(await navi.Receiver.NamesAsync(cancellation)).Count} names of series received by a second Prometheus, as the first scrapes them", Lines(unsent));
    }

    // NAVI sends once a minute.
    private static async Task<IReadOnlyList<string>> UnsentAsync(WatchedNavi navi, CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        while (true)
        {
            var received = await navi.Receiver.NamesAsync(cancellation);
            var unsent = (await navi.Prometheus.NamesAsync(cancellation)).Except(received).Select(n => $"scraped, but not sent: {n}").ToList();
            if (await navi.Receiver.QueryAsync("up{job=\"navi\"}", cancellation) is not [{ Value: 1 }])
                unsent.Add("up is not sent");
            if (unsent.Count == 0 || began.Elapsed > SendPatience)
                return unsent;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }
    }

    private static ToolResult Lines(IReadOnlyList<string> wrong) => new(wrong.Count == 0 ? 0 : 1, string.Join('\n', wrong));
}
