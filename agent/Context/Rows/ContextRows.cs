namespace Navi.Agent.Context.Rows;

/// <summary>Everything that a turn's prompt is made of, as it lies in the database: the same rows give the same prompt.</summary>
internal sealed record ContextRows(IReadOnlyList<SpokenTurn> Turns, IReadOnlyList<MadeCall> Calls, IReadOnlyList<HumanDecision> Decisions, Compaction? Compaction)
{
    /// <summary>The last turn that only the summary tells of; −1 without one.</summary>
    public int Summarised => Compaction?.ToTurn ?? -1;

    /// <summary>The calls of each turn.</summary>
    public ILookup<int, MadeCall> ByTurn { get; } = Calls.ToLookup(c => c.Turn);
}
