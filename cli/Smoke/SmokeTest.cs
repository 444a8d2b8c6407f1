using System.Net;
using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.SignIn;

namespace Navi.Cli.Smoke;

/// <summary>Asks a running NAVI for the least that it must do, one thing after the other, all within one bound. A check that fails does not keep the others from being made.</summary>
internal sealed class SmokeTest(Uri address, ITokenSource tokens, TimeSpan request, TimeSpan bound, TimeProvider time)
{
    private const string WrongToken = "navi-smoke-a-token-that-nobody-has";

    // The longest Navi:Probe:Patience, and a little; the bound ends it sooner.
    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(4);

    // A process that leaves takes its version along; one that was killed is shown for three minutes more.
    private static readonly TimeSpan BetweenVersions = TimeSpan.FromSeconds(2);

    /// <summary>Which version must run; null when any will do.</summary>
    public ExpectedVersion? Expected { get; init; }

    /// <summary>Runs every check and tells of each as it ends.</summary>
    public async Task<IReadOnlyList<SmokeResult>> RunAsync(Action<SmokeResult> told, CancellationToken cancellation)
    {
        using var anonymous = new ApiTransport(address, new FixedToken(null), request);
        using var stranger = new ApiTransport(address, new FixedToken(WrongToken), request);
        using var caller = new ApiTransport(address, tokens, request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(bound);
        (string Name, Func<CancellationToken, Task<string>> Check)[] checks =
        [
            ("healthz", async c => Word(await anonymous.JsonAsync(HttpMethod.Get, "healthz", null, null, c), "status", "alive")),
            ("readyz", async c => Ready(await anonymous.JsonAsync(HttpMethod.Get, "readyz", null, null, c))),
            ("openapi", async c => Interface(await anonymous.JsonAsync(HttpMethod.Get, "openapi.json", null, null, c))),
            ("refusal", async c => $"{await RefusedAsync(anonymous, "no token", c)}, {await RefusedAsync(stranger, "a wrong token", c)}"),
            ("sign-in", async c => Person(await caller.JsonAsync(HttpMethod.Get, "v1/me", null, null, c))),
            ("version", c => VersionAsync(caller, c)),
            ("metrics", async c => Metrics(await caller.TextAsync(HttpMethod.Get, "metrics", null, null, c))),
            ("task", async c => Probe(await caller.JsonAsync(HttpMethod.Post, "v1/probe", null, null, c, LongestProbe))),
        ];
        var results = new List<SmokeResult>();
        foreach (var (name, check) in checks)
        {
            var began = time.GetTimestamp();
            var (passed, evidence) = await MakeAsync(check, limit.Token, cancellation);
            results.Add(new SmokeResult(name, passed, evidence, (long)time.GetElapsedTime(began).TotalMilliseconds));
            told(results[^1]);
        }
        return results;
    }

    private async Task<(bool Passed, string Evidence)> MakeAsync(Func<CancellationToken, Task<string>> check, CancellationToken limit, CancellationToken cancellation)
    {
        try
        {
            limit.ThrowIfCancellationRequested();
            return (true, await check(limit));
        }
        catch (Exception e) when (e is SmokeFailure or ApiException or UnreachableException or CliException or OAuthException)
        {
            return (false, e.Message.ReplaceLineEndings(" "));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (false, $"it had not ended when the {bound.TotalSeconds:0} seconds for all checks were over");
        }
    }

    private static string Word(JsonElement answer, string member, string wanted) =>
        Text(answer, member) is { } said && said == wanted ? said : throw new SmokeFailure($"'{member}' is '{Text(answer, member)}' instead of '{wanted}'");

    private static string Ready(JsonElement answer)
    {
        Word(answer, "status", "ready");
        return answer.TryGetProperty("checks", out var checks) && checks.ValueKind == JsonValueKind.Object && checks.EnumerateObject().Any()
            ? string.Join(", ", checks.EnumerateObject().Select(c => $"{c.Name} {Text(c.Value, "status")}")) : throw new SmokeFailure("it says of no check how it ended");
    }

    private static string Interface(JsonElement answer) =>
        answer.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Object && paths.TryGetProperty("/v1/tasks", out _)
            ? $"OpenAPI {Text(answer, "openapi")}, {paths.EnumerateObject().Count()} paths" : throw new SmokeFailure("the document has no path /v1/tasks");

    private static async Task<string> RefusedAsync(ApiTransport api, string what, CancellationToken cancellation)
    {
        try
        {
            await api.TextAsync(HttpMethod.Get, "v1/me", null, null, cancellation);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.Unauthorized)
        {
            return $"{what}: 401";
        }
        throw new SmokeFailure($"with {what} GET /v1/me was answered");
    }

    private static string Person(JsonElement answer) => Text(answer, "user") is { Length: > 0 } user
        ? $"{user} of {Text(answer, "organisation")}, environment {Text(answer, "environment")}" : throw new SmokeFailure("the answer names no user");

    private async Task<string> VersionAsync(ApiTransport caller, CancellationToken cancellation)
    {
        SmokeFailure? seen = null;
        try
        {
            while (true)
            {
                var versions = BuildVersions.Of(await caller.TextAsync(HttpMethod.Get, "metrics", null, null, cancellation));
                if (versions.Count == 0)
                    throw new SmokeFailure("the metrics have no navi_build_info");
                if (Expected?.Holds(versions) != false)
                    return string.Join(", ", versions);
                seen = new SmokeFailure($"{string.Join(", ", versions)} {(versions.Count == 1 ? "runs" : "run")}; it must be {Expected.Version}{(Expected.Alone ? " alone" : "")}");
                // Only others that leave can still make it right.
                if (!Expected.Runs(versions))
                    throw seen;
                await Task.Delay(BetweenVersions, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (seen is not null)
        {
            // When the time is over the reason is what was seen, and not that time was over.
            throw seen;
        }
    }

    private static string Metrics(string metrics) => metrics.Split('\n').Count(l => l.StartsWith("navi_", StringComparison.Ordinal)) is > 0 and var count
        ? $"{count} series" : throw new SmokeFailure("there is no series of NAVI");

    private static string Probe(JsonElement answer) => answer.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True
        ? $"task {Text(answer, "task")}: {Text(answer, "said")}" : throw new SmokeFailure($"{Text(answer, "outcome")}: {Text(answer, "said")}");

    private static string? Text(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
