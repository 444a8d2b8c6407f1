using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Cli.Api;
using Navi.Cli.Smoke;

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
        var versions = Build().Matches(await MetricsAsync(target, cancellation)).Select(m => m.Groups[1].Value).Distinct().ToList();
        var wrong = checks.Where(c => c.Status != "ok").Select(c => $"{c.Name} is {c.Status}").ToList();
        if (versions.Count != 1)
            wrong.Add(versions.Count == 0 ? "the metrics tell no version" : $"several versions run: {string.Join(", ", versions)}");
        return Verdict.Of(wrong, $"{string.Join(", ", checks.Select(c => $"{c.Name} {c.Status}"))}; version {string.Join(", ", versions)}");
    }

    /// <summary>The interface that is served is that of the version that runs.</summary>
    public static async Task<Verdict> InterfaceAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var document = await target.Anonymous.JsonAsync(HttpMethod.Get, "openapi.json", null, null, cancellation);
        var version = document.GetProperty("info").GetProperty("version").GetString();
        var running = Build().Matches(await MetricsAsync(target, cancellation)).Select(m => m.Groups[1].Value.Split('+')[0]).ToHashSet();
        return running.Contains(version ?? "") ? Verdict.Passed($"/openapi.json describes {document.GetProperty("paths").EnumerateObject().Count()} paths of version {version}") : Verdict.Failed($"/openapi.json is of version {version}, running is {string.Join(", ", running)}");
    }

    /// <summary>The smoke test, with a task to its end.</summary>
    public static async Task<Verdict> SmokeAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var results = await new SmokeTest(target.Address, target.Tokens, target.Request, SmokeBound, target.Time).RunAsync(_ => { }, cancellation);
        return Verdict.Of([.. results.Where(r => !r.Passed).Select(r => $"{r.Check}: {r.Evidence}")], $"{results.Count} of {results.Count}; {results[^1].Evidence}");
    }

    /// <summary>No critical error is open.</summary>
    public static async Task<Verdict> ErrorsAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var critical = await OpenAsync("critical");
        var others = await OpenAsync("error");
        return Verdict.Of([.. critical.Select(g => $"open since {g.GetProperty("first_seen")}: {g.GetProperty("message")} ({g.GetProperty("component")}; navi errors show {g.GetProperty("id")})")], $"no critical group is open; {others.Count} of severity error are");

        async Task<List<JsonElement>> OpenAsync(string severity) => [.. (await target.Client.ListErrorsAsync(new ErrorFilter(200, Resolved: false, Severity: severity), cancellation)).GetProperty("items").EnumerateArray()];
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

    /// <summary>Connections of the process that answers: none waits, and the pool is not near its end.</summary>
    public static async Task<Verdict> PoolAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var metrics = await MetricsAsync(target, cancellation);
        var (used, waiting, most) = (Sum("navi_db_pool_used"), Sum("navi_db_pool_pending"), Sum("navi_db_pool_max"));
        if (most is null or 0)
            return Verdict.Failed("the metrics do not tell of the pool");
        return Verdict.Of([.. waiting > 0 ? new[] { $"{waiting} requests wait for a connection" } : [], .. used > 0.8 * most ? new[] { $"{used} of {most} connections are in use" } : []], $"{used} of {most} connections in use, none waited for");

        double? Sum(string name) => Series().Matches(metrics).Where(m => m.Groups["name"].Value == name).Select(m => (double?)double.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture)).Aggregate((double?)null, (all, one) => (all ?? 0) + one);
    }

    private static Task<string> MetricsAsync(GoLiveTarget target, CancellationToken cancellation) => target.Caller.TextAsync(HttpMethod.Get, "metrics", null, null, cancellation);

    [GeneratedRegex("^navi_build_info\\{[^}]*version=\"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Build();

    [GeneratedRegex(@"^(?<name>navi_db_pool_\w+)(?:\{[^}]*\})? (?<value>[0-9.eE+-]+)", RegexOptions.Multiline)]
    private static partial Regex Series();
}
