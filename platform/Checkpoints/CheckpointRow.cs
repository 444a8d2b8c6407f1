namespace Navi.Platform.Checkpoints;

/// <summary>One row of <c>navi.checkpoints</c> with its decision, when there is one. Times are UTC.</summary>
public sealed class CheckpointRow
{
    /// <summary>Id.</summary>
    public Guid Id { get; init; }

    /// <summary>Organisation of the task.</summary>
    public string OrgId { get; init; } = "";

    /// <summary>The task that waits.</summary>
    public Guid TaskId { get; init; }

    /// <summary>Number within the task, from 1.</summary>
    public int Number { get; init; }

    /// <summary><c>action</c>, <c>review</c> or <c>question</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The tool call it is about; null for a review.</summary>
    public string? CallId { get; init; }

    /// <summary>One line for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>Why a person is asked.</summary>
    public string Reason { get; init; } = "";

    /// <summary>JSON of the exact action: tool, arguments, target, commit, policy digest.</summary>
    public string Action { get; init; } = "{}";

    /// <summary>SHA-256 of the action's canonical JSON; the decision is bound to it.</summary>
    public string ActionDigest { get; init; } = "";

    /// <summary>Digest of the patch shown for review; null for other kinds.</summary>
    public string? DiffDigest { get; init; }

    /// <summary>The orchestration that waits.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>Name of the event that wakes it.</summary>
    public string EventName { get; init; } = "";

    /// <summary><c>pending</c>, <c>approved</c>, <c>rejected</c>, <c>answered</c>, <c>expired</c> or <c>cancelled</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it was opened.</summary>
    public DateTime OpenedAt { get; init; }

    /// <summary>When it counts as denied.</summary>
    public DateTime ExpiresAt { get; init; }

    /// <summary>When it left <c>pending</c>.</summary>
    public DateTime? SettledAt { get; init; }

    /// <summary>When the approved action was started; it can be started once.</summary>
    public DateTime? ConsumedAt { get; init; }

    /// <summary>Who asked for the task.</summary>
    public string Requester { get; init; } = "";

    /// <summary>The task's environment.</summary>
    public string Environment { get; init; } = "";

    /// <summary>The settling decision: <c>approve</c>, <c>reject</c> or <c>respond</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>Why it was decided so.</summary>
    public string? DecisionReason { get; init; }

    /// <summary>The answer to a question.</summary>
    public string? Answer { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTime? DecidedAt { get; init; }

    /// <summary>The requester decided alone, which only the Local environment allows.</summary>
    public bool? SelfApproved { get; init; }

    /// <summary>The expiry had passed, by the database's clock, when the row was read, or when its task was suspended.</summary>
    public bool Overdue { get; init; }

    /// <summary>Milliseconds until the expiry, by the database's clock; negative when it has passed. Of a suspended task's gate what is left, at least a minute: it is woken when it goes on.</summary>
    public double RemainingMs { get; init; }
}
