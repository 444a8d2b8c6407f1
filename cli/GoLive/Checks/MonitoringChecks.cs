using System.Globalization;
using System.Text.Json;
using Navi.Cli.GoLive.Release;

namespace Navi.Cli.GoLive.Checks;

/// <summary>Who watches NAVI, and whom they call.</summary>
internal static class MonitoringChecks
{
    private static readonly TimeSpan Range = TimeSpan.FromHours(1);

    /// <summary>Prometheus has every rule of this release as it is stated, and can evaluate it. What alerts ask is recorded by other rules, so those count too.</summary>
    public static async Task<Verdict> AlertsAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var loaded = LoadedRule.All(await target.Prometheus!.GetAsync("api/v1/rules", cancellation));
        var alerts = ReleaseFiles.Rules.Count(r => r.IsAlert);
        return Verdict.Of(
            RuleComparison.Differences(ReleaseFiles.Rules, loaded),
            $"all {alerts} alerts and {ReleaseFiles.Rules.Count - alerts} recordings of this release are loaded with its expressions, durations and labels, and evaluated");
    }

    /// <summary>Every alert of this release leads to a receiver that tells somebody, pages to another than tickets.</summary>
    public static async Task<Verdict> RoutesAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var status = await target.Alertmanager!.GetAsync("api/v2/status", cancellation);
        var routes = new AlertRoutes(status.GetProperty("config").GetProperty("original").GetString() ?? "");
        var (wrong, said) = (new List<string>(), new List<string>());
        foreach (var severity in new[] { "page", "ticket" })
        {
            var ways = ReleaseFiles.AlertsOf(severity).ToLookup(alert => routes.Of(alert, severity));
            if (ways[null].Any())
                wrong.Add($"nobody is told of {string.Join(", ", ways[null])} (severity {severity})");
            said.AddRange(ways.Where(w => w.Key is not null).Select(w => $"{severity} → {w.Key}"));
        }
        // What everybody gets wakes nobody.
        if (wrong.Count == 0 && ReleaseFiles.AlertsOf("page").Select(a => routes.Of(a, "page")).Intersect(ReleaseFiles.AlertsOf("ticket").Select(a => routes.Of(a, "ticket"))).Any())
            wrong.Add($"pages go where tickets go: {string.Join(", ", said)}");
        if (target.Prometheus is { } prometheus)
        {
            var known = (await prometheus.GetAsync("api/v1/alertmanagers", cancellation)).GetProperty("data").GetProperty("activeAlertmanagers").GetArrayLength();
            if (known == 0)
                wrong.Add("Prometheus knows no Alertmanager");
        }
        return Verdict.Of(wrong, $"{string.Join(", ", said)}; that a message arrives is for a person to see (item 'incident-tabletop')");
    }

    /// <summary>NAVI is seen, and nothing fires that would wake somebody.</summary>
    public static async Task<Verdict> QuietAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var seen = Vector(await target.Prometheus!.GetAsync($"api/v1/query?query={Uri.EscapeDataString("up{job=\"navi\"}")}", cancellation)).ToList();
        var firing = (await target.Prometheus.GetAsync("api/v1/alerts", cancellation)).GetProperty("data").GetProperty("alerts").EnumerateArray()
            .Where(a => a.GetProperty("state").GetString() == "firing" && a.GetProperty("labels") is var l && l.TryGetProperty("severity", out var severity) && severity.GetString() == "page")
            .Select(a => a.GetProperty("labels").GetProperty("alertname").GetString()!).Distinct().ToList();
        var wrong = firing.Select(a => $"{a} fires").ToList();
        if (seen.Count == 0)
            wrong.Add("Prometheus has no target of the job 'navi'");
        else if (seen.Count(v => v != 1) is > 0 and var lost)
            wrong.Add($"{lost} of {seen.Count} targets of the job 'navi' can't be scraped");
        return Verdict.Of(wrong, $"{seen.Count} targets are scraped, no alert of severity page fires");
    }

    /// <summary>No query of a dashboard fails, and each dashboard has something to show in the last hour.</summary>
    public static async Task<Verdict> DataAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var (wrong, shown) = (new List<string>(), new List<string>());
        var until = target.Time.GetUtcNow();
        foreach (var dashboard in ReleaseFiles.Dashboards)
        {
            var panels = dashboard.Panels(Range).ToList();
            var full = 0;
            foreach (var (_, queries) in panels)
                full += await HasValuesAsync(target.Prometheus!, queries, until, cancellation) ? 1 : 0;
            (full == 0 ? wrong : shown).Add($"{dashboard.Uid} {full} of {panels.Count} panels");
        }
        return wrong.Count > 0 ? Verdict.Failed($"nothing to show in the last hour: {string.Join(", ", wrong)}") : Verdict.Passed($"with data of the last hour: {string.Join(", ", shown)}");
    }

    private static async Task<bool> HasValuesAsync(MonitoringApi prometheus, IReadOnlyList<string> queries, DateTimeOffset until, CancellationToken cancellation)
    {
        var any = false;
        foreach (var query in queries)
        {
            var answer = await prometheus.GetAsync(string.Create(CultureInfo.InvariantCulture, $"api/v1/query_range?query={Uri.EscapeDataString(query)}&start={(until - Range).ToUnixTimeSeconds()}&end={until.ToUnixTimeSeconds()}&step=15"), cancellation);
            any |= !ShowsNothing(query) && answer.GetProperty("data").GetProperty("result").EnumerateArray().Any(s => s.GetProperty("values").GetArrayLength() > 0);
        }
        return any;
    }

    // What counts nothing as 0 shows something even where nothing is known; so does what asks a recording that does.
    private static bool ShowsNothing(string query) => query.Contains("vector(", StringComparison.Ordinal) || query.Contains("or 0 *", StringComparison.Ordinal)
        || ReleaseFiles.Rules.Any(r => !r.IsAlert && query.Contains(r.Name, StringComparison.Ordinal) && ShowsNothing(r.Expression));

    private static IEnumerable<double> Vector(JsonElement answer) => answer.GetProperty("data").GetProperty("result").EnumerateArray().Select(r => double.Parse(r.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture));
}
