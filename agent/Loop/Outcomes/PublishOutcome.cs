namespace Navi.Agent.Loop.Outcomes;

/// <summary>Outcome of publishing.</summary>
/// <param name="Failure">Null when the branch exists in the target; else why not.</param>
public sealed record PublishOutcome(string? Failure);
