using System.Text.Json;

namespace Navi.Agent.Tools;

/// <summary>
/// Checks arguments against a schema of <see cref="ArgumentSchemas"/>. It knows the keywords that the exporter writes (type, properties,
/// required, additionalProperties, items, enum, minimum, maximum) and says what would be right, which a model can act on.
/// </summary>
internal static class ArgumentValidator
{
    public static IReadOnlyList<ArgumentError> Validate(JsonElement schema, JsonElement arguments)
    {
        var errors = new List<ArgumentError>();
        Check(schema, arguments, "", errors);
        return errors;
    }

    private static void Check(JsonElement schema, JsonElement value, string field, List<ArgumentError> errors)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return;
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => JsonElement.DeepEquals(a, value)))
        {
            errors.Add(new(field, Show(value), "one of " + string.Join(", ", allowed.EnumerateArray())));
            return;
        }

        if (schema.TryGetProperty("type", out var type) && !TypeMatches(type, value))
        {
            errors.Add(new(field, Show(value), TypeName(type)));
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, field, errors);
                break;
            case JsonValueKind.Array when schema.TryGetProperty("items", out var items):
                foreach (var (index, item) in value.EnumerateArray().Index())
                    Check(items, item, $"{field}[{index}]", errors);
                break;
            case JsonValueKind.Number:
                CheckRange(schema, value, field, errors);
                break;
        }
    }

    private static void CheckObject(JsonElement schema, JsonElement value, string field, List<ArgumentError> errors)
    {
        // A record without parameters has no properties, and allows none.
        if (!schema.TryGetProperty("properties", out var properties) && !(schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False))
            return;
        if (properties.ValueKind != JsonValueKind.Object)
            properties = JsonElement.Parse("{}");
        var names = properties.EnumerateObject().Select(p => p.Name).ToList();
        foreach (var member in value.EnumerateObject())
        {
            var path = field.Length == 0 ? member.Name : $"{field}.{member.Name}";
            if (properties.TryGetProperty(member.Name, out var inner))
                Check(inner, member.Value, path, errors);
            else
                errors.Add(new(path, Show(member.Value), $"no such field; the fields are {(names.Count == 0 ? "none" : string.Join(", ", names))}"));
        }

        if (!schema.TryGetProperty("required", out var required))
            return;
        foreach (var name in required.EnumerateArray().Select(r => r.GetString()!).Where(r => !value.TryGetProperty(r, out _)))
        {
            var expected = properties.TryGetProperty(name, out var inner) ? Expected(inner) : "a value";
            errors.Add(new(field.Length == 0 ? name : $"{field}.{name}", null, expected));
        }
    }

    private static void CheckRange(JsonElement schema, JsonElement value, string field, List<ArgumentError> errors)
    {
        if (schema.TryGetProperty("minimum", out var minimum) && schema.TryGetProperty("maximum", out var maximum)
            && (value.GetDouble() < minimum.GetDouble() || value.GetDouble() > maximum.GetDouble()))
            errors.Add(new(field, Show(value), $"a number from {minimum} to {maximum}"));
    }

    private static bool TypeMatches(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(t => Is(t.GetString(), value))
        : Is(type.GetString(), value);

    private static bool Is(string? type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };

    private static string Expected(JsonElement schema)
    {
        var type = schema.TryGetProperty("type", out var t) ? TypeName(t) : "a value";
        return schema.TryGetProperty("description", out var text) ? $"{type} ({text})" : type;
    }

    private static string TypeName(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(t => t.GetString())) : type.GetString() ?? "a value";

    private static string Show(JsonElement value) => BoundedText.Brief(value.GetRawText());
}
