using System.Net;
using System.Text.Json;
using Navi.Cli.Output;

namespace Navi.Cli.Api;

/// <summary>Reads problem+json answers.</summary>
internal static class Problem
{
    public static async Task<ApiException> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var wait = response.Headers.RetryAfter?.Delta;
        var text = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
                return new ApiException(response.StatusCode, Text(root, "title") ?? Usual(response.StatusCode), Text(root, "detail"), [.. Fields(root), .. Remedy(response.StatusCode)]) { RetryAfter = wait, Type = Text(root, "type") };
        }
        catch (JsonException)
        {
            // Not a problem document: the status has to speak for itself.
        }
        return new ApiException(response.StatusCode, Usual(response.StatusCode), null, Remedy(response.StatusCode)) { RetryAfter = wait };
    }

    private static string[] Remedy(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => [$"Sign in with '{Invocation.Name} login', or set NAVI_TOKEN. A NAVI on this machine takes the token that 'navi up' made."],
        HttpStatusCode.Forbidden => [$"Your roles: '{Invocation.Name} whoami'. An administrator of your organisation gives the missing one."],
        _ => [],
    };

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
        HttpStatusCode.Unauthorized => "NAVI does not accept the token",
        HttpStatusCode.Forbidden => "This is not allowed for you",
        HttpStatusCode.NotFound => "There is no such thing",
        HttpStatusCode.RequestEntityTooLarge => "The request is too large",
        _ => "NAVI refused the request",
    };
}
