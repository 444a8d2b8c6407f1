namespace Navi.Portable.Durable.Engine;

/// <summary>A message to an instance, as read from the inbox.</summary>
internal sealed record InboxMessage(long Id, MessageKind Kind, int? Execution, int? TaskId, string? Name, string? Payload, string? Failure)
{
    /// <summary>Without it there is no orchestrator that could hear the others.</summary>
    public bool Begins => Kind is MessageKind.Start or MessageKind.Rewind;

    /// <summary>Concerns the instance itself and so is heard while it is suspended.</summary>
    public bool IsControl => Kind is MessageKind.Suspend or MessageKind.Resume or MessageKind.Terminate;
}
