using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Navi.Functions.OpenApi.Document;

/// <summary>The OpenAPI 3.1 document of this build, made from its functions (OpenAPI Specification 3.1.1).</summary>
internal static class ApiDocument
{
    private const string About =
        """
        Tasks for an engineering agent, their events, and the checkpoints at which people decide. JSON in snake_case; members that are null are left out; unknown members of a body are refused.
        Errors are problem documents with a stable type. Times are UTC. Money is US dollars as a decimal number.
        """;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as UTF-8.</summary>
    public static byte[] Bytes { get; } = JsonSerializer.SerializeToUtf8Bytes(Make(), Readable);

    private static JsonObject Make()
    {
        var schemas = new SchemaBook();
        var writer = new OperationWriter(schemas);
        var paths = new JsonObject();
        foreach (var path in HttpOperation.All.GroupBy(o => o.Path))
            paths[path.Key] = new JsonObject(path.Select(o => KeyValuePair.Create(o.Method, (JsonNode?)writer.Write(o))));
        var components = schemas.Components;
        components[ProblemSchema.Name] = ProblemSchema.Make();
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["jsonSchemaDialect"] = "https://json-schema.org/draft/2020-12/schema",
            ["info"] = new JsonObject
            {
                ["title"] = "NAVI", ["version"] = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3), ["description"] = About.ReplaceLineEndings(" ").Trim(),
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = components,
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http", ["scheme"] = "bearer",
                        ["description"] = "An access token. The role that an operation needs is its x-required-role.",
                    },
                },
            },
        };
    }
}
