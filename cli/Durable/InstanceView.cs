using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable;

namespace Navi.Cli.Durable;

/// <summary>An instance as --json prints it.</summary>
internal sealed record InstanceView(
    string Id, string Name, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyDictionary<string, string>? Tags,
    JsonNode? CustomStatus, JsonNode? Input, JsonNode? Output, FailureView? Failure, IReadOnlyList<HistoryEntryView>? History)
{
    public static InstanceView Of(OrchestrationMetadata instance, IReadOnlyList<DurableHistoryEntry>? history = null) => new(
        instance.InstanceId, instance.Name, Say(instance.RuntimeStatus), instance.CreatedAt, instance.LastUpdatedAt, instance.Tags.Count == 0 ? null : instance.Tags,
        Payload(instance.SerializedCustomStatus), Payload(instance.SerializedInput), Payload(instance.SerializedOutput), FailureView.Of(instance.FailureDetails), history?.Select(HistoryEntryView.Of).ToList());

    /// <summary>The status as options and answers write it.</summary>
    public static string Say(OrchestrationRuntimeStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>JSON where the payload is some, else its text.</summary>
    public static JsonNode? Payload(string? text)
    {
        if (text is null)
            return null;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Another data converter's.
            return JsonValue.Create(text);
        }
    }
}
