using System.Text.Json.Nodes;
using Navi.Functions.Http;

namespace Navi.Functions.OpenApi.Document;

/// <summary>The schema of problem documents (RFC 9457).</summary>
internal static class ProblemSchema
{
    public const string Name = "Problem";
    public const string Reference = "#/components/schemas/" + Name;

    public static JsonObject Make() => new()
    {
        ["type"] = "object",
        ["description"] = "A problem document (RFC 9457). Programs decide by 'type', which is stable; titles and details are for people.",
        ["required"] = new JsonArray("type", "title", "status"),
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string", ["pattern"] = "^" + Problem.Types },
            ["title"] = new JsonObject { ["type"] = "string", ["description"] = "What is wrong." },
            ["status"] = new JsonObject { ["type"] = "integer", ["minimum"] = 400, ["maximum"] = 599 },
            ["detail"] = new JsonObject { ["type"] = "string", ["description"] = "What was found and what would be right." },
            ["instance"] = new JsonObject { ["type"] = "string" },
            ["field"] = new JsonObject { ["type"] = "string", ["description"] = "The member, parameter or header at fault." },
            ["request_id"] = new JsonObject { ["type"] = "string", ["description"] = "The id of the request, as in the header X-Request-Id." },
            ["checks"] = new JsonObject { ["type"] = "object", ["description"] = "Only of not-ready: what each check found, by its name." },
        },
    };
}
