namespace Navi.Orchestrations.AgentTasks.Messages;

/// <summary>The end of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="StopReason">The exact reason.</param>
/// <param name="Explanation">The reason in words; null keeps the agent's summary.</param>
public sealed record FinishInput(Guid TaskId, string StopReason, string? Explanation);
