namespace Navi.Functions.Checkpoints;

/// <summary>Body of POST /v1/checkpoints/{id}/decisions.</summary>
/// <param name="Decision"><c>approve</c>, <c>reject</c> or <c>respond</c>.</param>
/// <param name="Reason">Why; shown to the agent when rejected.</param>
/// <param name="Answer">The answer to a question; only and always with <c>respond</c>.</param>
/// <param name="ActionDigest">The digest that was shown; when given it must be the checkpoint's.</param>
internal sealed record DecisionBody(string? Decision, string? Reason = null, string? Answer = null, string? ActionDigest = null);
