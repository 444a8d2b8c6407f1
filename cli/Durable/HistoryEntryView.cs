using System.Text.Json.Nodes;
using Navi.Portable.Durable;

namespace Navi.Cli.Durable;

/// <summary>An entry of a history as --json prints it.</summary>
internal sealed record HistoryEntryView(int Position, DateTimeOffset At, string Kind, int? Step, string? Name, JsonNode? Payload, FailureView? Failure, bool? TakenBack)
{
    public static HistoryEntryView Of(DurableHistoryEntry entry) => new(
        entry.Position, entry.At, entry.Kind, entry.Step, entry.Name, entry.Kind == HistoryLines.Rewound && entry.Payload is { } reason ? JsonValue.Create(reason) : InstanceView.Payload(entry.Payload),
        FailureView.Of(entry.Failure), entry.TakenBack ? true : null);
}
