namespace Navi.Agent.Loop.Outcomes;

/// <summary>Outcome of publishing.</summary>
/// <param name="StopReason">Null when the branch exists in the target, or when the review must be asked for again; else why the task ends.</param>
/// <param name="Explanation">The reason in words.</param>
/// <param name="AskAgain">What was approved is not what would be published: a new review is needed.</param>
/// <param name="Suspended">Nothing was begun: the task is suspended.</param>
public sealed record PublishOutcome(string? StopReason, string? Explanation, bool AskAgain, bool Suspended = false) : ISuspendable;
