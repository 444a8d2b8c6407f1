namespace Navi.Cli.Connect;

internal enum ConnectionKind
{
    /// <summary>NAVI_URL.</summary>
    Remote,

    /// <summary>A running <c>navi up</c> of this user on this machine.</summary>
    RunningLocal,

    /// <summary>A host that this process started for the one command.</summary>
    InProcess,
}
