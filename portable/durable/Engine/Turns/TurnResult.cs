namespace Navi.Portable.Durable.Engine;

/// <summary>Everything that one turn changes, to be written in one transaction.</summary>
internal sealed record TurnResult
{
    public required ClaimedInstance Instance { get; init; }

    public required TurnOutcome Outcome { get; init; }

    /// <summary>The instance's status after the turn.</summary>
    public required InstanceStatus Status { get; init; }

    /// <summary>New history, in order, from the position where the instance's history ends.</summary>
    public IReadOnlyList<HistoryEvent> Events { get; init; } = [];

    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    public IReadOnlyList<int> CancelledTimers { get; init; } = [];

    /// <summary>Inbox rows that the turn has used up.</summary>
    public IReadOnlyList<long> Consumed { get; init; } = [];

    /// <summary>Activity calls whose results this turn was handed in memory: their rows are used up.</summary>
    public IReadOnlyList<long> Settled { get; init; } = [];

    /// <summary>Results handed over in memory that a suspended instance can't hear yet: they go into its inbox.</summary>
    public IReadOnlyList<InboxMessage> Kept { get; init; } = [];

    /// <summary>Terminate the sub-orchestrations too.</summary>
    public bool Recursive { get; init; }

    public (bool Changed, string? Value) CustomStatus { get; init; }

    /// <summary>Nothing to write: the messages that announced it are gone.</summary>
    public bool IsEmpty => Events.Count == 0 && Consumed.Count == 0 && Settled.Count == 0 && !IsTerminal && Status == Instance.Status;

    public bool IsTerminal => Status is InstanceStatus.Completed or InstanceStatus.Failed or InstanceStatus.Terminated;
}
