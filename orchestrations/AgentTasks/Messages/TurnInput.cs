namespace Navi.Orchestrations.AgentTasks.Messages;

/// <summary>One model turn of a task.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Turn">Number of the turn, from 0.</param>
public sealed record TurnInput(Guid TaskId, int Turn);
