using System.Text.Json;

namespace Navi.Cli.Api;

/// <summary>A gate at which a person decides.</summary>
internal sealed record CheckpointView
{
    public string Id { get; init; } = "";
    public string TaskId { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Title { get; init; }
    public JsonElement? Action { get; init; }
    public string? Reason { get; init; }
    public string? ActionDigest { get; init; }
    public string? Diff { get; init; }
    public string Status { get; init; } = "";
    public DateTimeOffset? ExpiresAt { get; init; }
    public DecisionView? Decision { get; init; }

    public bool IsPending => Status == "pending";

    public bool IsQuestion => Kind == "question";

    /// <summary>The tool whose call waits; null for a review and a question.</summary>
    public string? Tool => Kind == "action" ? Member("tool")?.ToString() : null;

    /// <summary>The waiting call's arguments.</summary>
    public JsonElement? Arguments => Member("arguments");

    private JsonElement? Member(string name) =>
        Action is { ValueKind: JsonValueKind.Object } action && action.TryGetProperty(name, out var value) ? value : null;
}
