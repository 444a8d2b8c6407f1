namespace Navi.Agent.Forks;

/// <summary>Why a task can't be forked after a call.</summary>
public enum ForkObstacle
{
    /// <summary>It has no such call, or one after which nothing can begin.</summary>
    BadCall,

    /// <summary>The call, or one before it, has no result yet or never will.</summary>
    NotDone,

    /// <summary>Nobody can tell whether the call, or one before it, had its effect.</summary>
    InDoubt,

    /// <summary>The task has no workspace on this disk: not yet, or no longer.</summary>
    NoWorkspace,
}
