namespace Navi.Platform.Checkpoints;

/// <summary>What a person decides.</summary>
/// <param name="Decision"><c>approve</c>, <c>reject</c> or <c>respond</c>.</param>
/// <param name="Reason">Why; told to the model when rejected.</param>
/// <param name="Answer">The answer to a question; only with <c>respond</c>.</param>
/// <param name="ActionDigest">The digest the person saw; null means the row's own.</param>
public sealed record DecisionRequest(string Decision, string? Reason, string? Answer, string? ActionDigest);
