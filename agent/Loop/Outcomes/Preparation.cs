namespace Navi.Agent.Loop.Outcomes;

/// <summary>Outcome of preparing the workspace.</summary>
/// <param name="StopReason">Null when the workspace stands; else the reason to stop.</param>
/// <param name="Explanation">What is wrong with the repository and what would be right.</param>
/// <param name="Suspended">Nothing was begun: the task is suspended.</param>
public sealed record Preparation(string? StopReason, string? Explanation, bool Suspended = false) : ISuspendable;
