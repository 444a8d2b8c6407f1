namespace Navi.Agent.Loop.Outcomes;

/// <summary>What a model turn asks for.</summary>
/// <param name="Calls">Tool calls in order.</param>
/// <param name="Ends">The agent says that it is at its end after these calls.</param>
/// <param name="StopReason">A reason to stop at once; null to go on.</param>
/// <param name="Explanation">The reason in words.</param>
/// <param name="Suspended">Nothing was begun: the task is suspended.</param>
public sealed record TurnPlan(IReadOnlyList<PlannedCall> Calls, bool Ends, string? StopReason, string? Explanation, bool Suspended = false) : ISuspendable;
