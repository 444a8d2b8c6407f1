using System.Text.Json;
using Navi.Functions.OpenApi.Document;

namespace Navi.Functions.Tests.OpenApi.Support;

/// <summary>The document as the tests read it.</summary>
internal static class Declared
{
    public static JsonElement Document { get; } = JsonElement.Parse(ApiDocument.Bytes);

    public static SchemaCheck Check { get; } = new(Document);

    public static IReadOnlyList<(string Path, string Method, JsonElement Operation)> Operations { get; } =
    [
        .. from path in Document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select (path.Name, operation.Name, operation.Value),
    ];

    /// <summary>What is wrong with an answer in the document's eyes; empty when it is declared.</summary>
    public static async Task<List<string>> ObjectionsAsync(JsonElement operation, HttpResponseMessage answer)
    {
        var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (!operation.GetProperty("responses").TryGetProperty(status, out var declared))
            return [$"the status {status} is not declared: {await Start(answer)}"];
        var media = answer.Content.Headers.ContentType?.MediaType;
        if (media is null)
            return declared.TryGetProperty("content", out _) && answer.Content.Headers.ContentLength > 0 ? ["the answer has no media type"] : [];
        if (!declared.TryGetProperty("content", out var content) || !content.TryGetProperty(media, out var described))
            return [$"the media type {media} is not declared for {status}"];
        if (!media.EndsWith("json", StringComparison.Ordinal))
            return [];
        var body = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
        var errors = Check.Errors(described.GetProperty("schema"), body);
        if (declared.TryGetProperty("x-problem-types", out var types) && media == "application/problem+json" && !types.EnumerateArray().Any(t => t.GetString() == body.GetProperty("type").GetString()))
            errors.Add($"the problem type {body.GetProperty("type")} is not declared for {status}");
        return errors;
    }

    private static async Task<string> Start(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length <= 300 ? text : text[..300];
    }
}
