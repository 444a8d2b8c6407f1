namespace Navi.Cli.Api;

/// <summary>The decision that settled a checkpoint.</summary>
internal sealed record DecisionView
{
    public string Decision { get; init; } = "";
    public string? Reason { get; init; }
    public string? Answer { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public bool? SelfApproved { get; init; }
}
