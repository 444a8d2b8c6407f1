using System.Text.Json;
using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>Ways through a manifest that may lack anything: what is not there is null or empty.</summary>
internal static class JsonReading
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
            node = (node as JsonObject)?[step];
        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString() : null;

    public static int? Number(this JsonNode? node, params ReadOnlySpan<string> path) => int.TryParse(node.Text(path), out var number) ? number : null;

    public static bool? Flag(this JsonNode? node, params ReadOnlySpan<string> path) => bool.TryParse(node.Text(path), out var flag) ? flag : null;

    public static IEnumerable<JsonNode> List(this JsonNode? node, params ReadOnlySpan<string> path) => (node.At(path) as JsonArray)?.OfType<JsonNode>() ?? [];

    public static IReadOnlyDictionary<string, string> Texts(this JsonNode? node) =>
        (node as JsonObject)?.ToDictionary(p => p.Key, p => p.Value.Text() ?? "") ?? [];
}
