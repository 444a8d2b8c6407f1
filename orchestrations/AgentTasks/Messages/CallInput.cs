namespace Navi.Orchestrations.AgentTasks.Messages;

/// <summary>One tool call to execute.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="CallId">The call.</param>
public sealed record CallInput(Guid TaskId, string CallId);
