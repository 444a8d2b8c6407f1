namespace Navi.Platform.Tasks;

/// <summary>One row of <c>navi.tasks</c>. Times are UTC.</summary>
public sealed class TaskRow
{
    /// <summary>Column of the same name.</summary>
    public Guid Id { get; init; }
    /// <summary>Column of the same name.</summary>
    public string OrgId { get; init; } = "";
    /// <summary>Column of the same name.</summary>
    public string UserId { get; init; } = "";
    /// <summary>Column of the same name.</summary>
    public DateTime CreatedAt { get; init; }
    /// <summary>Column of the same name.</summary>
    public string Repository { get; init; } = "";
    /// <summary>Column of the same name.</summary>
    public string Prompt { get; init; } = "";
    /// <summary>Column of the same name.</summary>
    public string Provider { get; init; } = "";
    /// <summary>Column of the same name.</summary>
    public string Environment { get; init; } = "";
    /// <summary>Column of the same name.</summary>
    public bool PreApproved { get; init; }
    /// <summary>Column of the same name.</summary>
    public string Status { get; init; } = "";
    /// <summary>Column of the same name.</summary>
    public string? StopReason { get; init; }
    /// <summary>Column of the same name.</summary>
    public int MaxTurns { get; init; }
    /// <summary>Column of the same name.</summary>
    public DateTime DeadlineAt { get; init; }
    /// <summary>Column of the same name.</summary>
    public DateTime? CancelRequestedAt { get; init; }
    /// <summary>Column of the same name.</summary>
    public string? CancelRequestedBy { get; init; }
    /// <summary>Column of the same name.</summary>
    public DateTime? StartedAt { get; init; }
    /// <summary>Column of the same name.</summary>
    public DateTime? FinishedAt { get; init; }
    /// <summary>Column of the same name.</summary>
    public string? BaseCommit { get; init; }
    /// <summary>Column of the same name.</summary>
    public string? HeadCommit { get; init; }
    /// <summary>JSON array of the first paths of the source that were not committed and so were left out.</summary>
    public string LeftOut { get; init; } = "[]";
    /// <summary>Column of the same name.</summary>
    public int LeftOutCount { get; init; }
    /// <summary>JSON document of what verification did and found; null while it has not run.</summary>
    public string? Verification { get; init; }
    /// <summary>Column of the same name.</summary>
    public string? VerifiedCommit { get; init; }
    /// <summary>Column of the same name.</summary>
    public string? Summary { get; init; }
    /// <summary>Column of the same name.</summary>
    public string? ReportPath { get; init; }
    /// <summary>Column of the same name.</summary>
    public string? Branch { get; init; }
    /// <summary>Column of the same name.</summary>
    public string? PublishedCommit { get; init; }
    /// <summary>One of <see cref="TaskMode"/>.</summary>
    public string Mode { get; init; } = TaskMode.Auto;
    /// <summary>Tokens sent to models so far, cached ones included, over all attempts.</summary>
    public long InputTokens { get; init; }
    /// <summary>Tokens that models produced so far, over all attempts.</summary>
    public long OutputTokens { get; init; }
    /// <summary>US dollars spent on priced attempts so far.</summary>
    public decimal Cost { get; init; }
    /// <summary>Attempts that used tokens of unknown price: with any, the cost is more than <see cref="Cost"/>.</summary>
    public int UnpricedCalls { get; init; }
    /// <summary>Since when the task is suspended; null when it is not.</summary>
    public DateTime? SuspendedAt { get; init; }
    /// <summary>Who suspended it.</summary>
    public string? SuspendedBy { get; init; }
    /// <summary>The task that this one was forked from; null for one that began from its repository.</summary>
    public Guid? ForkedFrom { get; init; }
    /// <summary>The last call that a forked task inherits; null when it inherits the workspace alone.</summary>
    public string? ForkedAfter { get; init; }
    /// <summary>The commit that a forked task's own work starts from.</summary>
    public string? ForkHead { get; init; }
    /// <summary>The first turn that is the task's own: 0, or for a forked task the one after the last that it inherits.</summary>
    public int FirstTurn { get; init; }
    /// <summary>The deadline had passed, by the database's clock, when the row was read, or when the task was suspended.</summary>
    public bool Overdue { get; init; }
}
