using System.Text.Json;

namespace Navi.Cli.Api;

/// <summary>One event of a task's timeline.</summary>
internal sealed record EventView
{
    public long Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public string Type { get; init; } = "";
    public JsonElement Data { get; init; }

    /// <summary>A member of the data as text; null when it is missing or null.</summary>
    public string? Text(string name) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;
}
