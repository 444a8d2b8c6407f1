namespace Navi.Agent.Policy.Rules;

/// <summary>Whether a condition holds, where part of a shell line is known only when it runs. Ordered: "and" is the least, "or" the greatest.</summary>
internal enum Certainty
{
    No,
    Maybe,
    Yes,
}
