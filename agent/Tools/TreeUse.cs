namespace Navi.Agent.Tools;

/// <summary>Which directory a call gets.</summary>
internal enum TreeUse
{
    /// <summary>None: the call has no executor work in the workspace.</summary>
    None,

    /// <summary>The current commit's directory, shared with other readers. The tool must not write.</summary>
    Read,

    /// <summary>A writable directory of its own at the current commit, thrown away afterwards: builds and tests leave no trace in the branch.</summary>
    Scratch,

    /// <summary>A directory of this attempt alone; what it holds afterwards becomes the step's commit.</summary>
    Write,
}
