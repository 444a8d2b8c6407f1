using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Microsoft.DurableTask.Converters;

/// <summary>System.Text.Json with its own defaults, fields included. Changing them would change the meaning of stored payloads.</summary>
public class JsonDataConverter : DataConverter
{
    private static readonly JsonSerializerOptions s_defaultOptions = new() { IncludeFields = true };

    private readonly JsonSerializerOptions _options;

    public JsonDataConverter(JsonSerializerOptions? options = null) => _options = options ?? s_defaultOptions;

    public static JsonDataConverter Default { get; } = new();

    [return: NotNullIfNotNull(nameof(value))]
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, _options);

    [return: NotNullIfNotNull(nameof(data))]
    public override object? Deserialize(string? data, Type targetType) => data is null ? null : JsonSerializer.Deserialize(data, targetType, _options)!;
}
