using System.Text.Json;

namespace Navi.Portable.Host.Http;

/// <summary>What this host reads from host.json; everything else in it belongs to the Functions host.</summary>
/// <param name="RoutePrefix">extensions.http.routePrefix without slashes at its ends; the Functions host's default is <c>api</c>.</param>
internal sealed record HostJson(string RoutePrefix)
{
    public static HostJson Default { get; } = new("api");

    /// <exception cref="JsonException">The text is not JSON, or routePrefix is not a string.</exception>
    public static HostJson Parse(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var element = document.RootElement;
        foreach (var name in new[] { "extensions", "http", "routePrefix" })
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return Default;
        }
        return element.ValueKind == JsonValueKind.String
            ? new HostJson(element.GetString()!.Trim('/'))
            : throw new JsonException("host.json: extensions.http.routePrefix is not a string.");
    }
}
