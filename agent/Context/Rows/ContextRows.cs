namespace Navi.Agent.Context.Rows;

/// <summary>Everything that a turn's prompt is made of, as it lies in the database: the same rows give the same prompt.</summary>
internal sealed record ContextRows(IReadOnlyList<SpokenTurn> Turns, IReadOnlyList<MadeCall> Calls, IReadOnlyList<HumanDecision> Decisions, Compaction? Compaction)
{
    /// <summary>The words that the task was given, each from its turn on; none while it has never had others than its own.</summary>
    public IReadOnlyList<GivenWords> Words { get; init; } = [];

    /// <summary>The last turn that only the summary tells of; −1 without one.</summary>
    public int Summarised => Compaction?.ToTurn ?? -1;

    /// <summary>The words in force at a turn; null when the task's own ones are.</summary>
    public string? WordsAt(int turn) => Words.LastOrDefault(w => w.Turn <= turn)?.Text;

    /// <summary>The calls of each turn.</summary>
    public ILookup<int, MadeCall> ByTurn { get; } = Calls.ToLookup(c => c.Turn);
}
