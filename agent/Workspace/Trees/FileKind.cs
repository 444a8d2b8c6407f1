namespace Navi.Agent.Workspace;

/// <summary>What a name in a directory is, links not followed.</summary>
internal enum FileKind
{
    Missing,
    File,
    Directory,
    SymbolicLink,

    /// <summary>Device, pipe or socket.</summary>
    Special,
}
