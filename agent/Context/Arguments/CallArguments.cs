using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Navi.Platform.Json;

namespace Navi.Agent.Context.Arguments;

/// <summary>The arguments of a call as the ledger gets them, from whatever the provider's adapter made of them.</summary>
internal static class CallArguments
{
    /// <summary>Member of <see cref="AIContent.AdditionalProperties"/> with the arguments as the provider sent them, text.</summary>
    public const string RawProperty = "navi.raw_arguments";

    /// <summary>Reads a call's arguments; <paramref name="schema"/> is null for an unknown tool.</summary>
    public static RepairedJson Read(FunctionCallContent call, JsonElement? schema)
    {
        var read = Whole(call);
        if (read.Json is null)
            return read;
        // jsonb has no NUL, and no tool has a use for one.
        if (read.Json.Contains("\\u0000", StringComparison.OrdinalIgnoreCase))
            return new RepairedJson(null, read.Repairs, read.Cut, "a string has the character U+0000, which no argument may have");
        return schema is { } known ? Decoded(read, known) : read;
    }

    private static RepairedJson Whole(FunctionCallContent call)
    {
        if (call.Exception is null)
        {
            try
            {
                return new RepairedJson(JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), NaviJson.Options), [], false, null);
            }
            catch (Exception e) when (e is InvalidOperationException or ArgumentException or JsonException)
            {
                return new RepairedJson(null, [], false, "a string has half of a surrogate pair");
            }
        }
        return call.AdditionalProperties?.GetValueOrDefault(RawProperty) is string raw
            ? JsonRepair.Read(raw)
            : new RepairedJson(null, [], false, (call.Exception.InnerException ?? call.Exception).Message);
    }

    // A member that must be no string, given as a string that holds exactly such a value.
    private static RepairedJson Decoded(RepairedJson read, JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties) || JsonNode.Parse(read.Json!) is not JsonObject arguments)
            return read;
        var changed = false;
        foreach (var property in properties.EnumerateObject())
        {
            if (arguments[property.Name] is not JsonValue value || !value.TryGetValue(out string? text) || !property.Value.TryGetProperty("type", out var type) || Kinds(type) is not { } kinds || kinds.Contains("string"))
                continue;
            try
            {
                var inner = JsonElement.Parse(text);
                if (kinds.Contains(Kind(inner)))
                {
                    arguments[property.Name] = JsonNode.Parse(text);
                    changed = true;
                }
            }
            catch (JsonException)
            {
                // It is told as what it is, a string in the wrong place.
            }
        }
        return changed ? read with { Json = arguments.ToJsonString(NaviJson.Options), Repairs = [.. read.Repairs, "encoded_member"] } : read;
    }

    private static HashSet<string?> Kinds(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString())] : [type.GetString()];

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => "",
    };
}
