namespace Navi.Agent.Loop.Outcomes;

/// <summary>What the orchestration must know of the task.</summary>
/// <param name="MaxTurns">Most model turns.</param>
/// <param name="HasEnded">The row says that the task has ended; nothing is left to do.</param>
/// <param name="Suspended">Nothing was begun: the task is suspended.</param>
public sealed record Admission(int MaxTurns, bool HasEnded, bool Suspended = false) : ISuspendable;
