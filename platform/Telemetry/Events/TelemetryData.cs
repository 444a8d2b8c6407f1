using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Navi.Platform.Json;
using Navi.Platform.Security.Redaction;

namespace Navi.Platform.Telemetry.Events;

/// <summary>The free part of an event: bounded, and with secrets and what names people taken out, value by value.</summary>
public static class TelemetryData
{
    /// <summary>Most bytes of it as JSON.</summary>
    public const int MostBytes = 8_192;

    /// <summary>Deepest nesting.</summary>
    public const int Depth = 5;

    /// <summary>Longest text; what is longer is cut.</summary>
    public const int LongestText = 1_000;

    /// <summary>What is wrong with it and what would be right; null for nothing.</summary>
    public static (string Title, string Detail)? Refusal(JsonObject data)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(data, NaviJson.Options).Length;
        if (bytes > MostBytes)
            return ($"It has {bytes} bytes.", $"At most {MostBytes} are accepted.");
        return DepthOf(data) is > Depth and var deep ? ($"It is nested {deep} deep.", $"At most {Depth} levels are accepted.") : null;
    }

    /// <summary>The document as it is kept.</summary>
    public static string Clean(JsonObject data) => NaviJson.Write(CleanNode(data));

    private static JsonNode? CleanNode(JsonNode? node) => node switch
    {
        JsonObject members => Object(members),
        JsonArray items => new JsonArray([.. items.Select(CleanNode)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Cut(Redactor.Reduce(value.GetValue<string>())),
        null => null,
        _ => node.DeepClone(),
    };

    private static JsonObject Object(JsonObject members)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in members)
            // Two names may become the same when what tells them apart is taken out.
            // Below a secret's name everything is the secret, in whatever way it is wrapped.
            kept[Cut(Redactor.Reduce(name))] = value is not null && Redactor.NamesSecret(name) ? Redactor.Mark : CleanNode(value);
        return kept;
    }

    // PostgreSQL's jsonb has neither NUL nor halves of surrogate pairs.
    private static string Cut(string text)
    {
        text = text.Length <= LongestText ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..LongestText]}… ({text.Length} characters)");
        return text.Any(c => c == '\0' || char.IsSurrogate(c)) ? System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD'))) : text;
    }

    private static int DepthOf(JsonNode? node) => node switch
    {
        JsonObject members => 1 + members.Select(m => DepthOf(m.Value)).DefaultIfEmpty(0).Max(),
        JsonArray items => 1 + items.Select(DepthOf).DefaultIfEmpty(0).Max(),
        _ => 0,
    };
}
