using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>The OAuth side of the scripted NAVI: a device code that is confirmed by script, and refresh tokens that are good once.</summary>
internal sealed class ScriptedSignIn
{
    private readonly Lock gate = new();
    private string refresh = "refresh-0";
    private int issued;

    /// <summary>Error codes that the next answers for the device code have; then it is confirmed.</summary>
    public Queue<string> Errors { get; } = new();

    /// <summary>Seconds that access tokens are good for.</summary>
    public int Lifetime { get; set; } = 600;

    /// <summary>Grant types of the token requests, as far as they were granted.</summary>
    public List<string> Granted { get; } = [];

    public List<string> Revoked { get; } = [];

    /// <summary>A refresh token was used twice, as two commands at once would.</summary>
    public bool Reused { get; private set; }

    public void Map(WebApplication app, ScriptedNavi navi)
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = navi.Address, token_endpoint = new Uri(navi.Address, "/connect/token"), device_authorization_endpoint = new Uri(navi.Address, "/connect/device"),
            revocation_endpoint = new Uri(navi.Address, "/connect/revoke"),
        }));
        app.MapPost("/connect/device", () => Results.Json(new { device_code = "d", user_code = "BCDF-GHJK", verification_uri = new Uri(navi.Address, "/connect/verify"), expires_in = 60, interval = 1 }));
        app.MapPost("/connect/token", async (HttpRequest request) => Token(await request.ReadFormAsync(), navi));
        app.MapPost("/connect/revoke", async (HttpRequest request) => Revoked.Add((await request.ReadFormAsync())["token"]!));
        app.MapGet("/v1/me", () => Results.Json(new { user = "ada", organisation = "acme", roles = new[] { "caller" }, kind = "person", environment = "Staging" }));
        app.MapGet("/v1/models", () => Results.Json(new { items = new[] { Model("azure-main"), Model("ollama-local") } }));
        app.MapPost("/v1/models/{name}/test", (string name) => Results.Json(new { ok = name == "azure-main", model = name, latency_ms = 12, input_tokens = 3, output_tokens = 4, cost = 0.00012m, error = "no route" }));
        app.MapGet("/v1/costs", (HttpRequest request) =>
        {
            navi.Queries.Add(request.QueryString.Value ?? "");
            return Results.Json(new { group = "model", items = new[] { Cost("gpt", 2, 0.5m), Cost("own", 0, null) }, total = Cost(null, 2, 0.5m), prices = new { date = "2026-01-01", source = "lists" } });
        });
    }

    private static object Cost(string? key, int priced, decimal? cost) => new
    {
        key, calls = priced + 1, failed_calls = 0, unpriced_calls = 1, input_tokens = 1200, cached_input_tokens = 0, output_tokens = 34, cost,
    };

    private static object Model(string name) => new { name, kind = "azure_openai", model = "gpt", endpoint = "example.org", modes = new[] { "auto" }, context_window = 128000, @default = name == "azure-main" };

    private IResult Token(IFormCollection form, ScriptedNavi navi)
    {
        lock (gate)
        {
            var grant = form["grant_type"].ToString();
            if (grant.EndsWith("device_code", StringComparison.Ordinal) && Errors.TryDequeue(out var error))
                return Refuse(error);
            if (grant == "client_credentials" && form["client_secret"] != "s3cret")
                return Refuse("invalid_client");
            if (grant == "refresh_token" && form["refresh_token"] != refresh)
            {
                Reused = true;
                return Refuse("invalid_grant");
            }
            Granted.Add(grant);
            issued++;
            refresh = $"refresh-{issued}";
            navi.Tokens.Clear();
            navi.Tokens.Add($"access-{issued}");
            return Results.Json(new JsonObject { ["access_token"] = $"access-{issued}", ["refresh_token"] = grant == "client_credentials" ? null : refresh, ["expires_in"] = Lifetime, ["token_type"] = "Bearer" });
        }
    }

    private static IResult Refuse(string error) => Results.Json(new { error }, statusCode: 400);
}
