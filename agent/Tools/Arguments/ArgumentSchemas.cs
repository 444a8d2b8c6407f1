using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Navi.Agent.Tools;

/// <summary>JSON schemas of argument records, and the serializer that reads them.</summary>
internal static class ArgumentSchemas
{
    /// <summary>snake_case names, unknown properties refused, non-nullable means required and not null.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSchemaExporterOptions Export = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    public static JsonElement Of(Type arguments) => JsonSerializer.SerializeToElement(Json.GetJsonSchemaAsNode(arguments, Export));

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var text = Attribute<DescriptionAttribute>(context.PropertyInfo)?.Description;
        var range = Attribute<RangeAttribute>(context.PropertyInfo);
        if (schema is not JsonObject node)
            return schema;
        if (range is not null)
        {
            node["minimum"] = JsonValue.Create((int)range.Minimum);
            node["maximum"] = JsonValue.Create((int)range.Maximum);
        }

        if (Attribute<AllowedValuesAttribute>(context.PropertyInfo) is { } allowed)
            node["enum"] = new JsonArray([.. allowed.Values.Select(v => JsonValue.Create((string)v!))]);
        if (text is not null)
            node.Insert(0, "description", text);
        return node;
    }

    // A positional record's attributes sit on the constructor parameter, not on the property.
    private static T? Attribute<T>(JsonPropertyInfo? property)
        where T : Attribute =>
        (property?.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).FirstOrDefault()
            ?? (property?.AssociatedParameter?.AttributeProvider as ParameterInfo)?.GetCustomAttribute(typeof(T))) as T;
}
