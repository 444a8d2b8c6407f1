using Navi.Portable.Durable.Engine;

namespace Navi.Portable.Durable.Worker;

/// <summary>
/// An instance that this worker keeps: its claim, its orchestrator and what it has to hear. It is busy from the first thing that it has to
/// hear until a turn's end finds nothing more; whoever makes it busy has to see to it that its turn is run.
/// </summary>
internal sealed class OwnedInstance(ClaimedInstance claim, long since)
{
    private readonly Lock gate = new();
    private List<InboxMessage> told = [];
    private bool unread;
    private bool busy;
    private bool gone;
    private bool ending;
    private long turns;

    /// <summary>The claim as of the last turn. Changed only by whoever runs the turn.</summary>
    public ClaimedInstance Claim { get; set; } = claim;

    /// <summary>When this worker got the claim, as a timestamp: what is older belongs to somebody else's.</summary>
    public long Since { get; } = since;

    /// <summary>The orchestrator in memory; null before the first turn and after one that can't be continued.</summary>
    public OrchestrationExecution? Orchestrator { get; set; }

    /// <summary>Its last turn was run, and may have been written: what is heard of its end may be older than a client's wait.</summary>
    public bool IsEnding
    {
        get => Volatile.Read(ref ending);
        set => Volatile.Write(ref ending, value);
    }

    /// <summary>When the turn began that is going on, as a timestamp.</summary>
    public long Began { get; set; }

    /// <summary>The place among the idle ones; owned by <see cref="OwnedInstances"/>.</summary>
    public LinkedListNode<OwnedInstance>? Place { get; set; }

    /// <summary>Hands over a message that is in no inbox. <paramref name="begin"/>: the caller has to run the turn.</summary>
    /// <returns>False when the instance is not kept any more: the message must go into its inbox.</returns>
    public bool Tell(InboxMessage message, out bool begin)
    {
        lock (gate)
        {
            begin = false;
            if (gone) return false;
            told.Add(message);
            begin = !busy;
            busy = true;
            return true;
        }
    }

    /// <summary>Says that its inbox has something. <paramref name="begin"/>: the caller has to run the turn.</summary>
    /// <returns>False when the instance is not kept any more.</returns>
    public bool Address(out bool begin)
    {
        lock (gate)
        {
            begin = false;
            if (gone) return false;
            unread = true;
            begin = !busy;
            busy = true;
            return true;
        }
    }

    /// <summary>Tells how many turns it had, when it is idle and so hears everything from its inbox; null otherwise.</summary>
    public long? Ticket()
    {
        lock (gate) return busy || gone ? null : turns;
    }

    /// <summary>
    /// Hands over all that its inbox held at some moment after the ticket was taken. True: it has begun nothing else since, so that nothing
    /// of this is heard twice or too early, and the caller has to run the turn.
    /// </summary>
    public bool TryTellInbox(long ticket, IReadOnlyList<InboxMessage> inbox)
    {
        lock (gate)
        {
            if (busy || gone || turns != ticket) return false;
            told.AddRange(inbox);
            busy = true;
            return true;
        }
    }

    /// <summary>Takes what there is to hear.</summary>
    public (IReadOnlyList<InboxMessage> Told, bool Unread) Take()
    {
        lock (gate)
        {
            var taken = (told, unread);
            told = [];
            unread = false;
            return taken;
        }
    }

    /// <summary>Ends a turn. True: there is more to hear, and the instance is still busy.</summary>
    public bool EndTurn()
    {
        lock (gate)
        {
            turns++;
            busy = told.Count > 0 || unread;
            return busy;
        }
    }

    /// <summary>Stops keeping it if nothing has come meanwhile; asked by whoever runs its turn.</summary>
    public bool TryLeaveBusy()
    {
        lock (gate)
        {
            if (told.Count > 0 || unread) return false;
            gone = true;
            return true;
        }
    }

    /// <summary>Stops keeping it if it is idle.</summary>
    public bool TryLeaveIdle()
    {
        lock (gate)
        {
            if (busy || gone) return false;
            gone = true;
            return true;
        }
    }

    /// <summary>Stops keeping it, whatever it is at; answers what was handed over and not heard.</summary>
    public IReadOnlyList<InboxMessage> Leave()
    {
        lock (gate)
        {
            gone = true;
            var left = told;
            told = [];
            return left;
        }
    }
}
