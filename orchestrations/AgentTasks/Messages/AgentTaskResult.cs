namespace Navi.Orchestrations.AgentTasks.Messages;

/// <summary>Output of the orchestration.</summary>
/// <param name="StopReason">The exact reason why the task ended.</param>
public sealed record AgentTaskResult(string StopReason);
