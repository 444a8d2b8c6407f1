using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Cli.Api;
using Navi.Cli.SignIn;

namespace Navi.Cli.GoLive.Checks;

/// <summary>Who gets in.</summary>
internal static partial class AccessChecks
{
    private static readonly string[] Open = ["/healthz", "/readyz", "/openapi.json", "/.well-known/", "/connect/"];

    // Names nothing that exists: a door that is open by mistake is seen without anything coming through it.
    private static readonly string Nobody = Guid.Empty.ToString("d");

    /// <summary>Every reading operation but probes, the document and the issuer's refuses no token and a wrong one; so does handing over a task.</summary>
    public static async Task<Verdict> RefusalsAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var document = await target.Anonymous.JsonAsync(HttpMethod.Get, "openapi.json", null, null, cancellation);
        var doors = Doors(document).ToList();
        if (doors.Count < 2)
            return Verdict.Failed("openapi.json names no operation that must ask for a token");
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

    /// <summary>The operator who runs this, and the way in for everybody else.</summary>
    public static async Task<Verdict> SignInAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var me = await target.Client.GetMeAsync(cancellation);
        var environment = me.GetProperty("environment").GetString();
        if (environment == "Local")
            return Verdict.Failed("this NAVI runs in the environment Local, where the person at the machine may do everything");
        var seen = $"signed in as {me.GetProperty("user")} of {me.GetProperty("organisation")}, environment {environment}";
        if (await KeyChecks.PublishedAsync(target, cancellation) is not { } keys)
            return Verdict.Passed($"{seen}; tokens come from other issuers");
        if (keys.Count == 0)
            return Verdict.Failed("this NAVI issues tokens, and publishes no key to verify them");
        // What 'navi login' begins with: an ingress that keeps it back is only seen from outside.
        using var issuer = new OAuthClient(target.Address, target.Request);
        var discovery = await issuer.DiscoverAsync(cancellation);
        return discovery.DeviceAuthorizationEndpoint is null
            ? Verdict.Failed($"the discovery document of {discovery.Issuer} names no endpoint for 'navi login'")
            : Verdict.Passed($"{seen}; {keys.Count} keys published, tokens come from {discovery.TokenEndpoint}");
    }

    // Which doors are meant to be open stands here and not in the document: what NAVI opens by mistake, its document calls open.
    private static IEnumerable<(HttpMethod Method, string Path)> Doors(JsonElement document)
    {
        foreach (var path in document.GetProperty("paths").EnumerateObject().Where(p => p.Value.TryGetProperty("get", out _) && !Open.Any(o => p.Name == o || (o.EndsWith('/') && p.Name.StartsWith(o, StringComparison.Ordinal)))))
            yield return (HttpMethod.Get, RouteValue().Replace(path.Name.TrimStart('/'), Nobody));
        yield return (HttpMethod.Post, "v1/tasks");
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
