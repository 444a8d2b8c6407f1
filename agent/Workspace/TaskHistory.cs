using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>A task's commits, read-only: from the base it started at to the commit that a call sees.</summary>
internal sealed record TaskHistory(WorkspaceStore Store, string TaskId, string BaseCommit, string Commit)
{
    /// <summary>Unified patch from base to commit; see <see cref="WorkspaceDiff"/>.</summary>
    public byte[] Diff() => Store.Diff(TaskId, BaseCommit, Commit);

    /// <summary>Paths of every file of the commit.</summary>
    public IReadOnlySet<string> TrackedFiles()
    {
        using var repository = Store.Open(TaskId);
        return TreeFile.Flatten(repository.Lookup<Commit>(Commit).Tree).Keys.ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<ChangedFile> ChangedFiles() => Store.ChangedFiles(TaskId, BaseCommit, Commit);

    public IReadOnlyList<HistoryEntry> Log(int count, string? path = null) => Store.Log(TaskId, Commit, count, path);

    /// <summary>The full id behind a commit's id, an abbreviation of it, <c>base</c> or <c>head</c> with <c>~n</c>; null when it names nothing in this history.</summary>
    public string? Resolve(string revision)
    {
        using var repository = Store.Open(TaskId);
        var expanded = revision.StartsWith("base", StringComparison.OrdinalIgnoreCase) ? BaseCommit + revision[4..]
            : revision.StartsWith("head", StringComparison.OrdinalIgnoreCase) ? Commit + revision[4..]
            : revision;
        try
        {
            return repository.Lookup(expanded)?.Peel<Commit>()?.Sha;
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }
}
