using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Cli.Api;

namespace Navi.Cli.GoLive.Checks;

/// <summary>Who gets in.</summary>
internal static partial class AccessChecks
{
    // Names nothing that exists: a door that is open by mistake is seen without anything coming through it.
    private static readonly string Nobody = Guid.Empty.ToString("d");

    /// <summary>Every reading operation that asks for a token refuses none and a wrong one; so does handing over a task.</summary>
    public static async Task<Verdict> RefusalsAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var document = await target.Anonymous.JsonAsync(HttpMethod.Get, "openapi.json", null, null, cancellation);
        var doors = Doors(document).ToList();
        if (doors.Count == 0)
            return Verdict.Failed("openapi.json names no operation that asks for a token");
        var open = new List<string>();
        foreach (var (method, path) in doors)
        {
            foreach (var (who, api) in new[] { ("no token", target.Anonymous), ("a wrong token", target.Stranger) })
            {
                if (await AnswerAsync(api, method, path, cancellation) is var status && status != HttpStatusCode.Unauthorized)
                    open.Add($"{method} /{path} with {who}: {(int)status}");
            }
        }
        return Verdict.Of(open, $"{doors.Count} operations refuse no token and a wrong one");
    }

    /// <summary>The operator who runs this.</summary>
    public static async Task<Verdict> SignInAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var me = await target.Client.GetMeAsync(cancellation);
        var keys = await KeyChecks.PublishedAsync(target, cancellation);
        var environment = me.GetProperty("environment").GetString();
        return environment == "Local"
            ? Verdict.Failed("this NAVI runs in the environment Local, where the person at the machine may do everything")
            : Verdict.Passed($"signed in as {me.GetProperty("user")} of {me.GetProperty("organisation")}, environment {environment}; {(keys is null ? "tokens come from other issuers" : $"{keys.Count} keys published")}");
    }

    // An operation that asks for a token says that it may answer 401.
    private static IEnumerable<(HttpMethod Method, string Path)> Doors(JsonElement document)
    {
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject().Where(o => o.Value.ValueKind == JsonValueKind.Object && o.Value.TryGetProperty("responses", out var r) && r.TryGetProperty("401", out _)))
            {
                if (operation.Name == "get" || (operation.Name == "post" && path.Name == "/v1/tasks"))
                    yield return (HttpMethod.Parse(operation.Name.ToUpperInvariant()), RouteValue().Replace(path.Name.TrimStart('/'), Nobody));
            }
        }
    }

    private static async Task<HttpStatusCode> AnswerAsync(ApiTransport api, HttpMethod method, string path, CancellationToken cancellation)
    {
        try
        {
            await api.TextAsync(method, path, method == HttpMethod.Post ? new { } : null, null, cancellation);
            return HttpStatusCode.OK;
        }
        catch (ApiException e)
        {
            return e.Status;
        }
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex RouteValue();
}
