using System.Text.Json;

namespace Navi.Cli.Api;

/// <summary>A task as the API shows it.</summary>
internal sealed record TaskView
{
    public string Id { get; init; } = "";
    public string Repository { get; init; } = "";
    public string Task { get; init; } = "";
    public string Status { get; init; } = "";
    public string? StopReason { get; init; }
    public string? Provider { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string? BaseCommit { get; init; }
    public string? Branch { get; init; }
    public string? Summary { get; init; }
    public IReadOnlyList<string>? LeftOut { get; init; }
    public int? LeftOutCount { get; init; }
    public VerificationView? Verification { get; init; }
    public IReadOnlyList<CallView>? Calls { get; init; }
    public IReadOnlyList<CheckpointView>? Checkpoints { get; init; }
    public string? Environment { get; init; }
    public string? Mode { get; init; }
    public bool? Suspended { get; init; }
    public ForkedFrom? ForkedFrom { get; init; }
    public decimal? Cost { get; init; }
    public long? InputTokens { get; init; }
    public long? OutputTokens { get; init; }

    /// <summary>The document as it came, for --json.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public JsonElement Document { get; init; }

    public bool IsFinished => StopReason is not null;
}
