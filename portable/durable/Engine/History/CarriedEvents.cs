using System.Text.Json;

namespace Navi.Portable.Durable.Engine;

/// <summary>Unprocessed events on their way to the next execution, as the start message holds them.</summary>
internal static class CarriedEvents
{
    public static string? Serialize(IReadOnlyList<HistoryEvent> events) =>
        events.Count == 0 ? null : JsonSerializer.Serialize(events.Select(raised => new[] { raised.Name, raised.Payload }));

    public static IEnumerable<(string Name, string? Payload)> Deserialize(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<string?[][]>(json)!.Select(pair => (pair[0]!, pair[1]));
}
