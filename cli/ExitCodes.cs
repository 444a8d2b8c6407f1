namespace Navi.Cli;

/// <summary>What the command's exit code tells a script; documented in docs/CLI.md.</summary>
internal static class ExitCodes
{
    /// <summary>Done; a followed task ended <c>completed</c>.</summary>
    public const int Ok = 0;

    /// <summary>The task ended with another stop reason, or the request was refused.</summary>
    public const int Ended = 1;

    /// <summary>Wrong usage or input.</summary>
    public const int Usage = 2;

    /// <summary>The task is parked: it waits for a person's decision.</summary>
    public const int Parked = 3;

    /// <summary>NAVI or its database can't be reached or started.</summary>
    public const int Unavailable = 4;

    /// <summary>Interrupted by the person at the terminal.</summary>
    public const int Interrupted = 130;
}
