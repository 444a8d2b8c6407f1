namespace Navi.Agent.Effects;

/// <summary>What a tool call does to the world, which decides what may be done when its outcome is unknown.</summary>
public enum EffectClass
{
    /// <summary>Nothing outside the call changes: it may run any number of times.</summary>
    Pure,

    /// <summary>Only the task's own workspace changes: reset to the step's parent commit and run again.</summary>
    Workspace,

    /// <summary>The receiver recognises the idempotency key: send the same request again.</summary>
    Idempotent,

    /// <summary>The world can be asked whether it happened, after the old attempt's deadline.</summary>
    Probeable,

    /// <summary>Nobody can tell whether it happened: a person is asked.</summary>
    Irreversible,
}
