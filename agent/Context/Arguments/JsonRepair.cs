using System.Text.Json;

namespace Navi.Agent.Context.Arguments;

/// <summary>
/// Reads nearly-JSON of models. Only slips with one possible meaning are mended: a fence around the whole, JSON encoded twice, trailing commas, single quotes, bare keys, Python's literals, raw line
/// breaks in strings, missing brackets at the end. Everything else, a value that breaks off in the middle first of all, stays an error.
/// </summary>
internal static class JsonRepair
{
    /// <summary>The value of <paramref name="text"/>, or what is wrong with it. Valid JSON comes back byte for byte.</summary>
    public static RepairedJson Read(string text)
    {
        if (IsObject(text))
            return new RepairedJson(text, [], false, null);
        var repairs = new List<string>();
        var body = Unfenced(text.Trim().Trim('\uFEFF'), repairs);
        for (var depth = 0; depth < 2 && Unquoted(body) is { } inner; depth++)
        {
            repairs.Add("encoded_twice");
            body = Unfenced(inner.Trim(), repairs);
        }
        if (body.Length == 0)
            return new RepairedJson(null, repairs, false, "nothing was there; an object was expected");
        if (IsObject(body))
            return new RepairedJson(body, repairs, false, null);
        var reader = new LenientReader(body);
        if (reader.Read() is not { } json || !IsObject(json))
            return new RepairedJson(null, repairs, reader.Cut, reader.Problem ?? "an object was expected");
        return new RepairedJson(json, [.. repairs, .. reader.Repairs], reader.Cut, null);
    }

    private static bool IsObject(string text)
    {
        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Unquoted(string text)
    {
        if (text.Length < 2 || text[0] != '"')
            return null;
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Unfenced(string text, List<string> repairs)
    {
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal) || text.Length < 7)
            return text;
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        var start = line > 0 && text.AsSpan(3, line - 3).Trim() is "" or "json" or "JSON" ? line + 1 : -1;
        if (start < 0 || start > text.Length - 3)
            return text;
        repairs.Add("fence");
        return text[start..^3].Trim();
    }
}
