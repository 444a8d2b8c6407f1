namespace Navi.Orchestrations.AgentTasks.Messages;

/// <summary>A task, as input of an activity.</summary>
/// <param name="TaskId">The task.</param>
public sealed record TaskRef(Guid TaskId);
