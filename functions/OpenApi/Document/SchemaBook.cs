using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Json;

namespace Navi.Functions.OpenApi.Document;

/// <summary>
/// The components of the document: one JSON Schema (2020-12, as OpenAPI 3.1 wants) per record, made by the serializer's own exporter,
/// so that it can't say anything else than what is read and written.
/// </summary>
internal sealed class SchemaBook
{
    private const string Prefix = "#/components/schemas/";
    private readonly SortedDictionary<string, (Type Type, JsonNode? Schema)> entries = new(StringComparer.Ordinal);

    /// <summary>The schemas by name.</summary>
    public JsonObject Components => new(entries.Select(e => KeyValuePair.Create(e.Key, e.Value.Schema)));

    /// <summary>A reference to the schema of a record, which is added with everything it refers to.</summary>
    /// <param name="type">The record.</param>
    /// <param name="isBody">True for what callers send: unknown members are refused and only marked members are required.</param>
    public JsonObject Reference(Type type, bool isBody)
    {
        var name = NameOf(type);
        if (!entries.TryGetValue(name, out var known))
        {
            entries[name] = (type, null);
            entries[name] = (type, Make(type, isBody));
        }
        else if (known.Type != type)
        {
            throw new InvalidOperationException($"The records {known.Type} and {type} would both be the schema '{name}'.");
        }
        return new JsonObject { ["$ref"] = Prefix + name };
    }

    private JsonNode Make(Type type, bool isBody) => NaviJson.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => Transform(context, schema, isBody),
    });

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema, bool isBody)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (context.Path.Length > 0 && IsRecord(type))
            return Optional(Reference(type, isBody), schema);
        if (schema is not JsonObject found)
            return type == typeof(JsonElement) ? new JsonObject() : schema;
        if (context.Path.Length == 0 && context.TypeInfo.Kind == System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.Object)
            Shape(found, context, isBody);
        if (context.PropertyInfo?.AttributeProvider is { } member)
            Describe(found, member);
        // Numbers are written as numbers; the exporter also tells of what it would read.
        if (type == typeof(decimal) || type == typeof(long) || type == typeof(int))
            found.Remove("pattern");
        return found;
    }

    // What is null is left out of an answer; a member that can't be null is always there.
    private static void Shape(JsonObject schema, JsonSchemaExporterContext context, bool isBody)
    {
        schema.Remove("required");
        if (!isBody)
            schema.Remove("additionalProperties");
        var required = context.TypeInfo.Properties
            .Where(p => isBody ? p.AttributeProvider?.IsDefined(typeof(RequiredMemberAttribute), false) == true : !p.IsGetNullable)
            .Select(p => (JsonNode)p.Name).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        schema["type"] = "object";
    }

    private static void Describe(JsonObject schema, ICustomAttributeProvider member)
    {
        foreach (var attribute in member.GetCustomAttributes(false))
        {
            switch (attribute)
            {
                case DescriptionAttribute description:
                    schema["description"] = description.Description;
                    break;
                case StringLengthAttribute length:
                    schema["maxLength"] = length.MaximumLength;
                    if (length.MinimumLength > 0)
                        schema["minLength"] = length.MinimumLength;
                    break;
                case AllowedValuesAttribute allowed:
                    schema["enum"] = new JsonArray([.. allowed.Values.Select(v => v is null ? null : (JsonNode)(string)v)]);
                    break;
            }
        }
    }

    private static JsonObject Optional(JsonObject reference, JsonNode schema) =>
        schema is JsonObject found && found["type"] is JsonArray types && types.Any(t => t?.GetValue<string>() == "null")
            ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) }
            : reference;

    private static bool IsRecord(Type type) => type.IsClass && type.Namespace?.StartsWith("Navi.", StringComparison.Ordinal) == true;

    private static string NameOf(Type type)
    {
        if (type.IsGenericType)
            return string.Concat(type.GetGenericArguments().Select(NameOf)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return type.Name.EndsWith("View", StringComparison.Ordinal) ? type.Name[..^4] : type.Name;
    }
}
