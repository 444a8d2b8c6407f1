namespace Navi.Agent.Policy;

/// <summary>What the policy says about one tool call, from the most permissive to the strictest: a larger value is never more permissive.</summary>
internal enum PolicyDecision
{
    /// <summary>The call may run.</summary>
    Allow,

    /// <summary>A person decides at a checkpoint.</summary>
    Approve,

    /// <summary>The call does not run; nobody is asked.</summary>
    Deny,
}
