namespace Navi.Agent.Loop.Outcomes;

/// <summary>What the orchestration must know of the task.</summary>
/// <param name="MaxTurns">Most model turns of its own.</param>
/// <param name="HasEnded">The row says that the task has ended; nothing is left to do.</param>
/// <param name="Suspended">Nothing was begun: the task is suspended.</param>
/// <param name="FirstTurn">The first turn that is its own; a forked task inherits those before it.</param>
public sealed record Admission(int MaxTurns, bool HasEnded, bool Suspended = false, int FirstTurn = 0) : ISuspendable;
