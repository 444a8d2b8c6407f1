namespace Navi.Platform.Outbox;

/// <summary>A message that the durable backend has not acknowledged yet.</summary>
public sealed class OutboxRow
{
    /// <summary>Row number.</summary>
    public long Id { get; init; }

    /// <summary>Organisation of the task.</summary>
    public string OrgId { get; init; } = "";

    /// <summary>The task it belongs to.</summary>
    public Guid TaskId { get; init; }

    /// <summary><c>start</c> or <c>event</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Target orchestration.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>Name of the event; null for a start.</summary>
    public string? EventName { get; init; }

    /// <summary>How often it was sent.</summary>
    public int Sends { get; init; }
}
