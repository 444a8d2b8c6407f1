namespace Navi.Agent.Context.Rows;

/// <summary>What the model said in a turn, and what is known of the prompt it saw.</summary>
internal sealed class SpokenTurn
{
    public int Turn { get; init; }

    public string Text { get; init; } = "";

    public string? FinishReason { get; init; }

    public int? EstimatedTokens { get; init; }

    public long? ReportedTokens { get; init; }
}
