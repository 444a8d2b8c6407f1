namespace Navi.Agent.Effects;

/// <summary>What to do with a call.</summary>
public enum LedgerAnswer
{
    /// <summary>Run it as the row's attempt.</summary>
    Run,

    /// <summary>It has its result, of an earlier attempt or without running.</summary>
    Settled,

    /// <summary>An earlier attempt may still be at work; ask again after its deadline.</summary>
    Wait,

    /// <summary>Nobody can tell whether an earlier attempt had its effect.</summary>
    InDoubt,

    /// <summary>The task is to end; it was not started.</summary>
    Cancelled,

    /// <summary>The task is suspended; no attempt was started.</summary>
    Suspended,
}
