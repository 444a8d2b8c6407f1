using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Navi.Testing;

namespace Navi.Drills.Servers;

/// <summary>
/// Answers <c>GET /api/dashboards/uid/{uid}</c> as Grafana does (Grafana: Dashboard HTTP API; errors as its source writes them), with the dashboards of the source tree as if provisioned. It is no Grafana:
/// what a real one does beyond this call is not tried.
/// </summary>
internal sealed class SimulatedGrafana : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, JsonObject> dashboards;

    private SimulatedGrafana(WebApplication app, Dictionary<string, JsonObject> dashboards) => (this.app, this.dashboards) = (app, dashboards);

    public Uri Address => new(app.Urls.Single());

    /// <summary>The token of a service account with the role Viewer.</summary>
    public string Token => "glsa_a-viewer-of-the-drill";

    /// <summary>The token of a service account without a permission.</summary>
    public string TokenWithoutPermission => "glsa_nobody-of-the-drill";

    /// <summary>No token is good any longer.</summary>
    public bool HasRevokedTokens { get; set; }

    /// <summary>It takes requests and does not answer.</summary>
    public bool IsStuck { get; set; }

    public static async Task<SimulatedGrafana> StartAsync(CancellationToken cancellation)
    {
        var files = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "grafana", "dashboards"), "*.json").Select(f => JsonNode.Parse(File.ReadAllText(f))!.AsObject());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var grafana = new SimulatedGrafana(builder.Build(), files.ToDictionary(d => d["uid"]!.GetValue<string>()));
        grafana.app.Run(grafana.AnswerAsync);
        await grafana.app.StartAsync(cancellation);
        return grafana;
    }

    /// <summary>Deletes a dashboard; returns it.</summary>
    public JsonObject Delete(string uid) => dashboards.Remove(uid, out var dashboard) ? dashboard : throw new ArgumentException($"There is no dashboard {uid}.");

    /// <summary>Saves a dashboard over the one of its uid.</summary>
    public void Save(JsonObject dashboard) => dashboards[dashboard["uid"]!.GetValue<string>()] = dashboard;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (IsStuck)
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        var (status, body) = Answer(context.Request);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.WriteAsync(body.ToJsonString());
    }

    private (int Status, JsonObject Body) Answer(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bearer ", StringComparison.Ordinal))
            return Unauthorized("Unauthorized", "auth.unauthorized");
        var token = authorization["Bearer ".Length..];
        if (HasRevokedTokens || (token != Token && token != TokenWithoutPermission))
            return Unauthorized("Invalid API key", "api-key.invalid");
        if (!request.Path.StartsWithSegments("/api/dashboards/uid", out var rest) || rest.Value is not { Length: > 1 } uid || request.Method != "GET")
            return (404, new JsonObject { ["message"] = "Not found" });
        if (token == TokenWithoutPermission)
            return (403, new JsonObject { ["accessErrorId"] = "ACE0123456789", ["message"] = "You'll need additional permissions to perform this action. Permissions needed: dashboards:read", ["title"] = "Access denied" });
        return dashboards.GetValueOrDefault(uid[1..]) is { } dashboard ? (200, Found(dashboard)) : (404, new JsonObject { ["message"] = "Dashboard not found" });
    }

    private static (int Status, JsonObject Body) Unauthorized(string message, string id) =>
        (401, new JsonObject { ["extra"] = null, ["message"] = message, ["messageId"] = id, ["statusCode"] = 401, ["traceID"] = "" });

    private static JsonObject Found(JsonObject dashboard)
    {
        var stored = dashboard.DeepClone().AsObject();
        (stored["id"], stored["version"]) = (1, 1);
        var meta = new JsonObject
        {
            ["type"] = "db", ["canSave"] = false, ["canEdit"] = false, ["isStarred"] = false, ["slug"] = "navi", ["url"] = $"/d/{stored["uid"]}/navi", ["version"] = 1, ["folderId"] = 0, ["folderUid"] = "", ["provisioned"] = true,
        };
        return new JsonObject { ["meta"] = meta, ["dashboard"] = stored };
    }
}
