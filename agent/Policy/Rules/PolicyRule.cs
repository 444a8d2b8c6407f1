namespace Navi.Agent.Policy.Rules;

/// <summary>One rule of a policy.</summary>
/// <param name="Name">Unique in the policy.</param>
/// <param name="Decision">What holds where the rule matches.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Match">Where it matches.</param>
internal sealed record PolicyRule(string Name, PolicyDecision Decision, string Reason, RuleMatch Match);
