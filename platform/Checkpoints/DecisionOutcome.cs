namespace Navi.Platform.Checkpoints;

/// <summary>How a decision was received.</summary>
public enum DecisionOutcome
{
    /// <summary>It settled the checkpoint.</summary>
    Recorded,

    /// <summary>The same person had decided the same before.</summary>
    Repeated,

    /// <summary>No checkpoint of this id in the caller's organisation.</summary>
    NotFound,

    /// <summary>It was settled otherwise before.</summary>
    Settled,

    /// <summary>It had expired, or its task was cancelled.</summary>
    Closed,

    /// <summary>The person asked for the task and may not approve it in this environment.</summary>
    OwnRequest,

    /// <summary>The decision does not fit the kind of checkpoint.</summary>
    WrongKind,

    /// <summary>The action shown to the person is not the one the checkpoint is about.</summary>
    OtherAction,
}
