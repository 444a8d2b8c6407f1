namespace Navi.Agent.Loop.Outcomes;

/// <summary>What verification found.</summary>
/// <param name="StopReason">How the task may end: completed, completed_unverified, verification_failed, or cancelled.</param>
/// <param name="HasChanges">There is a diff to review and publish.</param>
/// <param name="Explanation">One sentence for people.</param>
/// <param name="Suspended">Nothing was begun: the task is suspended.</param>
public sealed record VerificationOutcome(string StopReason, bool HasChanges, string? Explanation, bool Suspended = false) : ISuspendable;
