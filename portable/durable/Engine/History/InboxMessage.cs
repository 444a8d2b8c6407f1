namespace Navi.Portable.Durable.Engine;

/// <summary>A message to an instance: a row of the inbox, or the result of an activity of this process that was never one.</summary>
internal sealed record InboxMessage(long Id, MessageKind Kind, int? Execution, int? TaskId, string? Name, string? Payload, string? Failure)
{
    /// <summary>The activity call that it answers when it was handed over in memory: its row goes with the turn that hears it. <see cref="Id"/> is 0 then.</summary>
    public long? Activity { get; init; }

    /// <summary>Without it there is no orchestrator that could hear the others.</summary>
    public bool Begins => Kind is MessageKind.Start or MessageKind.Rewind;

    /// <summary>Concerns the instance itself and so is heard while it is suspended.</summary>
    public bool IsControl => Kind is MessageKind.Suspend or MessageKind.Resume or MessageKind.Terminate;
}
