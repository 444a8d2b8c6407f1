namespace Navi.Agent.Policy;

/// <summary>The decision on one tool call.</summary>
/// <param name="Decision">What happens.</param>
/// <param name="Rule">Name of the rule that decided, or one of the engine's own: unmatched, untrusted-text.</param>
/// <param name="Reason">Why, for the approver, the audit and the model; names the command where one decided.</param>
/// <param name="PolicyDigest">Digest of the policy that decided (see <see cref="PolicyEngine.Digest"/>).</param>
internal sealed record PolicyVerdict(PolicyDecision Decision, string Rule, string Reason, string PolicyDigest);
