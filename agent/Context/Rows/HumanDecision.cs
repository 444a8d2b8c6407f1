namespace Navi.Agent.Context.Rows;

/// <summary>What a person said at a checkpoint of a call.</summary>
internal sealed class HumanDecision
{
    public int Turn { get; init; }

    public string CallId { get; init; } = "";

    public string Title { get; init; } = "";

    public string Status { get; init; } = "";

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }

    public string? Answer { get; init; }
}
