namespace Navi.Cli.Api;

/// <summary>Body of POST /v1/checkpoints/{id}/decisions.</summary>
/// <param name="Decision">approve, reject or respond.</param>
/// <param name="Reason">Told to the agent.</param>
/// <param name="Answer">To a question.</param>
/// <param name="ActionDigest">What the person saw: the decision holds for that action alone.</param>
internal sealed record NewDecision(string Decision, string? Reason, string? Answer, string? ActionDigest);
