using System.Net;
using System.Text.Json;

namespace Navi.Cli.Api;

/// <summary>Reads problem+json answers.</summary>
internal static class Problem
{
    public static async Task<ApiException> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
                return new ApiException(response.StatusCode, Text(root, "title") ?? Usual(response.StatusCode), Text(root, "detail"), Fields(root));
        }
        catch (JsonException)
        {
            // Not a problem document: the status has to speak for itself.
        }
        return new ApiException(response.StatusCode, Usual(response.StatusCode), null, []);
    }

    private static string? Text(JsonElement problem, string name) => problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Fields(JsonElement problem)
    {
        var fields = new List<string>();
        if (Text(problem, "field") is { } field)
            fields.Add($"field: {field}");
        if (problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object)
            fields.AddRange(errors.EnumerateObject().Select(e => $"{e.Name}: {(e.Value.ValueKind == JsonValueKind.Array ? string.Join(' ', e.Value.EnumerateArray()) : e.Value)}"));
        return fields;
    }

    private static string Usual(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => "NAVI does not accept the token. Set NAVI_TOKEN, or remove it to use the local one",
        HttpStatusCode.Forbidden => "This is not allowed for you",
        HttpStatusCode.NotFound => "There is no such thing",
        HttpStatusCode.RequestEntityTooLarge => "The request is too large",
        _ => "NAVI refused the request",
    };
}
