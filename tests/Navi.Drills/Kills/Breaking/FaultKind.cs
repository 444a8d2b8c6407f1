namespace Navi.Drills.Kills.Breaking;

/// <summary>What is done to the workers, their connections and the server.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL at any moment.</summary>
    KilledAtRandom,

    /// <summary>SIGKILL when an activity has begun and its effect has not happened.</summary>
    KilledBeforeEffect,

    /// <summary>SIGKILL when the effect has happened and its result is not committed.</summary>
    KilledAfterEffect,

    /// <summary>SIGKILL when the server has committed a turn or a result and the worker has not heard of it.</summary>
    KilledAfterCommit,

    /// <summary>SIGSTOP beyond the lease before an effect, then SIGCONT.</summary>
    Paused,

    /// <summary>Nothing passes between the worker and the database for longer than the lease; then everything that was held back does.</summary>
    CutOff,

    /// <summary>All connections of a worker are closed.</summary>
    ConnectionsDropped,

    /// <summary>One connection is closed when the server has committed and the worker has not heard of it; the worker lives.</summary>
    AnswerLost,

    /// <summary>The server is restarted as after a crash.</summary>
    ServerCrashed,

    /// <summary>The server is restarted in good order.</summary>
    ServerRestarted,
}
