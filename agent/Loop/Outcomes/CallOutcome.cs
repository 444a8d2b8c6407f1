namespace Navi.Agent.Loop.Outcomes;

/// <summary>How a tool call ended; its result lies in the ledger.</summary>
/// <param name="StopReason">A reason to stop the task; null to go on, also after an error that the model can act on.</param>
/// <param name="Explanation">The reason in words.</param>
/// <param name="Suspended">Nothing was begun: the task is suspended.</param>
public sealed record CallOutcome(string? StopReason, string? Explanation, bool Suspended = false) : ISuspendable;
