namespace Navi.Orchestrations.AgentTasks.Messages;

/// <summary>Input of the orchestration <see cref="AgentTask"/>; ContinueAsNew carries the position on.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Turn">The next model turn.</param>
/// <param name="Checkpoints">Gates opened so far.</param>
public sealed record AgentTaskInput(Guid TaskId, int Turn = 0, int Checkpoints = 0);
