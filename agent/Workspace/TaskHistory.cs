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

    /// <summary>The full id behind a commit's id, an abbreviation of it, a branch, <c>base</c> or <c>head</c> with <c>~n</c>; null when it names nothing in this history.</summary>
    public string? Resolve(string revision)
    {
        using var repository = Store.Open(TaskId);
        var expanded = Names("base", revision) ? BaseCommit + revision[4..] : Names("head", revision) ? Commit + revision[4..] : revision;
        try
        {
            return (repository.Lookup(expanded) ?? repository.Lookup("origin/" + expanded))?.Peel<Commit>()?.Sha;
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    // A branch may begin with either word.
    private static bool Names(string word, string revision) =>
        revision.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (revision.Length == word.Length || revision[word.Length] is '~' or '^');
}
