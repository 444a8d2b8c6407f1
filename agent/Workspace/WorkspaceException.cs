namespace Navi.Agent.Workspace;

/// <summary>A workspace operation that can't be done, with a stable code.</summary>
/// <param name="code">
/// invalid_id, not_found, not_a_repository, subdirectory, no_commits, clone_failed, disk_full, unknown_commit, unsafe_tree, stale_step, branch_exists, invalid_branch, publish_failed.
/// </param>
/// <param name="message">Names the value and what would be right.</param>
/// <param name="inner">The cause, when another component reported it.</param>
public sealed class WorkspaceException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}
