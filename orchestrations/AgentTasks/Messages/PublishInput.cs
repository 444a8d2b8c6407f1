namespace Navi.Orchestrations.AgentTasks.Messages;

/// <summary>The reviewed diff to publish.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="CheckpointId">The approved review.</param>
public sealed record PublishInput(Guid TaskId, Guid CheckpointId);
