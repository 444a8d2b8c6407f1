using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Engine;

/// <summary>How an instance stands after a turn.</summary>
internal abstract record TurnOutcome
{
    internal sealed record Running : TurnOutcome;

    internal sealed record Completed(string? Output) : TurnOutcome;

    internal sealed record Failed(TaskFailureDetails Details) : TurnOutcome
    {
        /// <summary>It failed since its turn can't be stored.</summary>
        public bool Unstorable { get; init; }
    }

    internal sealed record Terminated(string? Output) : TurnOutcome;

    /// <summary>A new execution starts with this input; the carried events come before any other message.</summary>
    internal sealed record ContinuedAsNew(string? Input, string? Version, IReadOnlyList<HistoryEvent> Carried) : TurnOutcome;
}
