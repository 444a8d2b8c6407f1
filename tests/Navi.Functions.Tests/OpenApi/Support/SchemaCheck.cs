using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Navi.Functions.Tests.OpenApi.Support;

/// <summary>
/// Holds a value against a schema of the document: the keywords of JSON Schema 2020-12 that the generator writes. A keyword it does not know is an error, and so is a member
/// that the schema does not name, because an answer must not hold what the document is silent about.
/// </summary>
internal sealed class SchemaCheck(JsonElement document)
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "type", "enum", "const", "format", "pattern", "minimum", "maximum", "minLength", "maxLength", "required", "properties", "additionalProperties", "items", "anyOf", "description", "default",
    ];

    public List<string> Errors(JsonElement schema, JsonElement value, string at = "$")
    {
        var errors = new List<string>();
        Visit(schema, value, at, errors);
        return errors;
    }

    private void Visit(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        if (schema.ValueKind == JsonValueKind.True)
            return;
        if (schema.EnumerateObject().Select(m => m.Name).FirstOrDefault(n => !Known.Contains(n)) is { } strange)
            throw new InvalidOperationException($"The check does not know the keyword '{strange}'.");
        if (schema.TryGetProperty("$ref", out var reference))
            Visit(Resolve(reference.GetString()!), value, at, errors);
        if (schema.TryGetProperty("anyOf", out var choices) && choices.EnumerateArray().All(c => Errors(c, value, at).Count > 0))
            errors.Add($"{at} fits none of the alternatives");
        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(type).Contains("number")))
            errors.Add($"{at} is {TypeOf(value)}, not {type}");
        if (schema.TryGetProperty("enum", out var set) && !set.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)))
            errors.Add($"{at} is {value}, not one of {set}");
        if (value.ValueKind == JsonValueKind.String)
            Text(schema, value.GetString()!, at, errors);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
                Visit(items, item, $"{at}[{index}]", errors);
        }
        if (value.ValueKind == JsonValueKind.Object && (schema.TryGetProperty("properties", out _) || schema.TryGetProperty("additionalProperties", out _)))
            Members(schema, value, at, errors);
    }

    private void Members(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        if (schema.TryGetProperty("required", out var required))
            errors.AddRange(required.EnumerateArray().Select(r => r.GetString()!).Where(r => !value.TryGetProperty(r, out _)).Select(r => $"{at}.{r} is missing"));
        foreach (var member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var declared))
                Visit(declared, member.Value, $"{at}.{member.Name}", errors);
            else if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
                Visit(others, member.Value, $"{at}.{member.Name}", errors);
            else
                errors.Add($"{at}.{member.Name} is not declared");
        }
    }

    private static void Text(JsonElement schema, string text, string at, List<string> errors)
    {
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!))
            errors.Add($"{at} is '{text}', which does not match {pattern}");
        if (schema.TryGetProperty("minLength", out var min) && text.Length < min.GetInt32())
            errors.Add($"{at} is too short");
        if (schema.TryGetProperty("maxLength", out var max) && text.Length > max.GetInt32())
            errors.Add($"{at} is too long");
        var fits = (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
        {
            "uuid" => Guid.TryParse(text, out _),
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            "date" => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out _),
            "uri" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
            null => true,
            var other => throw new InvalidOperationException($"The check does not know the format '{other}'."),
        };
        if (!fits)
            errors.Add($"{at} is '{text}', which is no {format}");
    }

    private JsonElement Resolve(string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node.GetProperty(name));

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        _ => value.TryGetInt64(out _) ? "integer" : "number",
    };
}
