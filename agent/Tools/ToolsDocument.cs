using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Navi.Agent.Tools;

/// <summary>The tools as a part of docs/TOOLS.md.</summary>
public static class ToolsDocument
{
    /// <summary>Markdown: a table of each family, then every tool with its arguments.</summary>
    public static string Render(IReadOnlyList<ToolDescription> tools)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{tools.Count} tools.\n\n| family | tools |\n|---|---|\n");
        var families = tools.GroupBy(t => t.Family, StringComparer.Ordinal).OrderBy(f => f.Key, StringComparer.Ordinal).ToList();
        foreach (var family in families)
            text.Append(CultureInfo.InvariantCulture, $"| {family.Key} | {string.Join(' ', family.Select(t => $"[{t.Name}](#{t.Name})"))} |\n");
        foreach (var family in families)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {char.ToUpperInvariant(family.Key[0])}{family.Key[1..]}\n");
            foreach (var tool in family)
                Append(text, tool);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ToolDescription tool)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {tool.Name}\n\n{tool.Description}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Effect {tool.Effect}, risk {tool.Risk}{(tool.Phase is null ? "" : $", mostly to {tool.Phase}")}; at most {Time(tool.TimeoutSeconds)}; {tool.OutputLimit.ToString("N0", CultureInfo.InvariantCulture)} characters are shown.\n");
        if (!tool.Arguments.TryGetProperty("properties", out var properties))
            return;
        var required = tool.Arguments.TryGetProperty("required", out var list) ? list.EnumerateArray().Select(r => r.GetString()).ToHashSet() : [];
        text.Append("\n| argument | type | |\n|---|---|---|\n");
        foreach (var property in properties.EnumerateObject())
            text.Append(CultureInfo.InvariantCulture, $"| `{property.Name}`{(required.Contains(property.Name) ? "" : " (optional)")} | {Type(property.Value)} | {Say(property.Value)} |\n");
    }

    private static string Type(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var values))
            return "one of " + string.Join(", ", values.EnumerateArray().Where(v => v.ValueKind != JsonValueKind.Null).Select(v => $"`{v}`"));
        var type = !schema.TryGetProperty("type", out var given) ? "any"
            : given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().Select(t => t.GetString()!).First(t => t != "null") : given.GetString()!;
        return type == "array" && schema.TryGetProperty("items", out var items) ? $"array of {Type(items)}" : type;
    }

    private static string Say(JsonElement schema)
    {
        var description = schema.TryGetProperty("description", out var text) ? text.GetString()!.Replace("|", "\\|", StringComparison.Ordinal) : "";
        var standard = schema.TryGetProperty("default", out var value) && value.ValueKind is not JsonValueKind.Null && value.ToString().Length > 0 ? $" Without it {value}." : "";
        return description + standard;
    }

    private static string Time(double seconds) => seconds >= 120 ? $"{(seconds / 60).ToString("0.#", CultureInfo.InvariantCulture)} minutes" : $"{seconds.ToString("0", CultureInfo.InvariantCulture)} seconds";
}
