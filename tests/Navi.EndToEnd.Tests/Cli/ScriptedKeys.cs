using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>Keys and secrets of the scripted NAVI.</summary>
internal sealed class ScriptedKeys
{
    /// <summary>What GET /v1/keys answers.</summary>
    public JsonObject Status { get; set; } = new()
    {
        ["wrapping"] = new JsonArray(
            new JsonObject { ["id"] = "2026-11", ["current"] = true, ["reachable"] = true, ["unused"] = false, ["envelopes"] = 4, ["columns"] = new JsonArray(new JsonObject { ["table"] = "navi.signing_keys", ["column"] = "private_key", ["envelopes"] = 4 }) },
            new JsonObject { ["id"] = "2025-11", ["current"] = false, ["reachable"] = true, ["unused"] = true, ["envelopes"] = 0, ["columns"] = new JsonArray() }),
        ["unreadable"] = new JsonArray(),
        ["signing"] = new JsonArray(new JsonObject { ["id"] = "kid-1", ["use"] = "sign", ["state"] = "current", ["created_at"] = "2026-01-01T00:00:00Z", ["active_from"] = "2026-01-01T00:00:00Z" }),
    };

    /// <summary>Rounds of wrapping anew that are to come: how many values are done, and how many left.</summary>
    public Queue<(int Done, int Left)> Rounds { get; } = new();

    /// <summary>Values that were given, by name.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    public void Map(WebApplication app)
    {
        app.MapGet("/v1/keys", () => Json(Status));
        app.MapPost("/v1/keys/rewrap", () =>
        {
            var (done, left) = Rounds.Dequeue();
            return Json(new JsonObject { ["key_id"] = "2026-11", ["rewrapped"] = done, ["overtaken"] = 0, ["left"] = left, ["problems"] = left > 0 && done == 0 ? new JsonArray("navi.signing_keys.private_key: its key is gone") : new JsonArray() });
        });
        app.MapPost("/v1/keys/rotate-signing", () => Json(new JsonObject
        {
            ["items"] = new JsonArray(new JsonObject { ["id"] = "kid-2", ["use"] = "sign", ["state"] = "next", ["created_at"] = "2026-01-01T00:00:00Z", ["active_from"] = "2026-01-01T00:10:00Z" }),
        }));
        app.MapGet("/v1/secrets", () => Json(new JsonObject { ["items"] = new JsonArray([.. Secrets.Keys.Select(Of)]) }));
        app.MapPut("/v1/secrets/{name}", async (HttpRequest request, string name) =>
        {
            Secrets[name] = (await JsonNode.ParseAsync(request.Body))!["value"]!.ToString();
            return Json(Of(name));
        });
        app.MapDelete("/v1/secrets/{name}", (string name) => Secrets.Remove(name) ? Results.NoContent() : Results.Problem(statusCode: 404, title: $"There is no secret '{name}'."));
    }

    private static JsonObject Of(string name) => new() { ["name"] = name, ["created_at"] = "2026-01-01T00:00:00Z", ["updated_at"] = "2026-01-01T00:00:00Z", ["by"] = "me" };

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");
}
