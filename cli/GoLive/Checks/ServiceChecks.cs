using System.Globalization;
using System.Text.RegularExpressions;
using Navi.Cli.Api;
using Navi.Cli.Smoke;
using Navi.Platform.Hosting;

namespace Navi.Cli.GoLive.Checks;

/// <summary>Whether NAVI does its work.</summary>
internal static partial class ServiceChecks
{
    private static readonly TimeSpan SmokeBound = TimeSpan.FromMinutes(4);

    /// <summary>Every readiness check holds, and every process that has told its version has the same.</summary>
    public static async Task<Verdict> HealthyAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var ready = await target.Anonymous.JsonAsync(HttpMethod.Get, "readyz", null, null, cancellation);
        var checks = ready.GetProperty("checks").EnumerateObject().Select(c => (c.Name, Status: c.Value.GetProperty("status").GetString())).ToList();
        var versions = BuildVersions.Of(await MetricsAsync(target, cancellation));
        var wrong = checks.Where(c => c.Status != "ok").Select(c => $"{c.Name} is {c.Status}").ToList();
        if (checks.Count == 0)
            wrong.Add("/readyz says of no check how it ended");
        if (versions.Count != 1)
            wrong.Add(versions.Count == 0 ? "the metrics tell no version" : $"several versions run: {string.Join(", ", versions)}");
        else if (versions[0] != NaviVersion.Text)
            wrong.Add($"{versions[0]} runs, and this command is of {NaviVersion.Text}: alerts, dashboards and migrations are compared with the wrong release");
        return Verdict.Of(wrong, $"{string.Join(", ", checks.Select(c => $"{c.Name} {c.Status}"))}; version {string.Join(", ", versions)}");
    }

    /// <summary>The interface that is served is that of the version that runs.</summary>
    public static async Task<Verdict> InterfaceAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var document = await target.Anonymous.JsonAsync(HttpMethod.Get, "openapi.json", null, null, cancellation);
        var version = document.GetProperty("info").GetProperty("version").GetString();
        var running = BuildVersions.Of(await MetricsAsync(target, cancellation)).Select(v => v.Split('+')[0]).ToHashSet();
        return running.Contains(version ?? "") ? Verdict.Passed($"/openapi.json describes {document.GetProperty("paths").EnumerateObject().Count()} paths of version {version}") : Verdict.Failed($"/openapi.json is of version {version}, running is {string.Join(", ", running)}");
    }

    /// <summary>The smoke test, with a task to its end.</summary>
    public static async Task<Verdict> SmokeAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var results = await new SmokeTest(target.Address, target.Tokens, target.Request, SmokeBound, target.Time).RunAsync(_ => { }, cancellation);
        return Verdict.Of([.. results.Where(r => !r.Passed).Select(r => $"{r.Check}: {r.Evidence}")], $"{results.Count} of {results.Count}; {results[^1].Evidence}");
    }

    /// <summary>No critical error is open, in whichever organisation.</summary>
    public static async Task<Verdict> ErrorsAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var counts = Unresolved().Matches(await MetricsAsync(target, cancellation)).ToDictionary(m => m.Groups["severity"].Value, m => double.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture));
        if (!counts.TryGetValue("critical", out var critical))
            return Verdict.Failed("the metrics do not tell how many errors are open");
        // The list is of the caller's organisation alone; the figure is of all.
        var seen = (await target.Client.ListErrorsAsync(new ErrorFilter(20, Resolved: false, Severity: "critical"), cancellation)).GetProperty("items").EnumerateArray()
            .Select(g => $"since {g.GetProperty("first_seen")}: {g.GetProperty("message")} ({g.GetProperty("component")}; navi errors show {g.GetProperty("id")})").ToList();
        return critical > 0
            ? Verdict.Failed($"{critical} critical groups are open{(seen.Count == 0 ? ", none of them of your organisation" : $": {string.Join("; ", seen)}")}")
            : Verdict.Passed($"no critical group is open in any organisation; {counts.GetValueOrDefault("error")} of severity error are");
    }

    /// <summary>Every model answers a small question.</summary>
    public static async Task<Verdict> ModelsAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var models = (await target.Client.ListModelsAsync(cancellation)).GetProperty("items").EnumerateArray().Select(NaviClient.Read<ModelView>).Where(m => m.Kind != "rules").ToList();
        if (models.Count == 0)
            return Verdict.Failed("no model is configured: NAVI can only do what 'rules' does");
        var (wrong, answered) = (new List<string>(), new List<string>());
        foreach (var model in models)
        {
            var test = NaviClient.Read<ModelTestView>(await target.Client.TestModelAsync(model.Name, cancellation));
            (test.Ok ? answered : wrong).Add(test.Ok ? $"{model.Name} ({model.Model}) in {test.LatencyMs} ms" : $"{model.Name} ({model.Model}) does not answer: {test.Error}");
        }
        return Verdict.Of(wrong, string.Join(", ", answered));
    }

    /// <summary>Connections of each process: none is waited for, and no pool is near its end.</summary>
    public static async Task<Verdict> PoolAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var processes = Series().Matches(await MetricsAsync(target, cancellation)).GroupBy(m => m.Groups["instance"].Value)
            .Select(p => p.ToDictionary(m => m.Groups["what"].Value, m => double.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture))).Where(p => p.GetValueOrDefault("max") > 0).ToList();
        if (processes.Count == 0)
            return Verdict.Failed("the metrics do not tell of a pool");
        var wrong = processes.Where(p => p.GetValueOrDefault("pending") > 0).Select(p => $"{p["pending"]} requests of a process wait for a connection")
            .Concat(processes.Where(p => p.GetValueOrDefault("used") > 0.8 * p["max"]).Select(p => $"{p["used"]} of {p["max"]} connections of a process are in use")).ToList();
        return Verdict.Of(wrong, $"{string.Join(", ", processes.Select(p => $"{p.GetValueOrDefault("used")} of {p["max"]}"))} connections in use, none waited for");
    }

    private static Task<string> MetricsAsync(GoLiveTarget target, CancellationToken cancellation) => target.Caller.TextAsync(HttpMethod.Get, "metrics", null, null, cancellation);

    [GeneratedRegex(@"^navi_db_pool_(?<what>used|pending|max)(?:\{[^}]*instance=""(?<instance>[^""]*)""[^}]*\})? (?<value>[0-9.eE+-]+)", RegexOptions.Multiline)]
    private static partial Regex Series();

    [GeneratedRegex(@"^navi_errors_unresolved\{severity=""(?<severity>\w+)""\} (?<value>[0-9.eE+-]+)", RegexOptions.Multiline)]
    private static partial Regex Unresolved();
}
