namespace Navi.Agent.Effects;

/// <summary>A call to be written into the ledger before anything of it happens.</summary>
/// <param name="CallId">Our id.</param>
/// <param name="Turn">Model turn.</param>
/// <param name="Index">Place within the turn.</param>
/// <param name="Tool">Tool's name as the model wrote it.</param>
/// <param name="Arguments">JSON of the arguments.</param>
/// <param name="Effect">Effect class.</param>
/// <param name="Verdict"><c>allow</c>, <c>approve</c>, <c>deny</c> or <c>invalid</c>.</param>
/// <param name="Rule">The rule behind the verdict.</param>
/// <param name="Reason">Why.</param>
/// <param name="PolicyDigest">Digest of the policy.</param>
/// <param name="Result">The result when it has one without running: refused by policy, invalid, or the end of the loop.</param>
internal sealed record PlannedEffect(
    string CallId, int Turn, int Index, string Tool, string Arguments, EffectClass Effect, string Verdict, string Rule, string Reason, string PolicyDigest, StoredResult? Result)
{
    /// <summary>What was mended in the arguments; null when nothing was.</summary>
    public string? Repair { get; init; }
}
