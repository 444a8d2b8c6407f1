using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>Reading the history.</summary>
internal sealed partial class WorkspaceStore
{
    /// <summary>The unified patch, byte for byte the same for the same two commits; see <see cref="WorkspaceDiff"/>.</summary>
    public byte[] Diff(string taskId, string fromCommit, string toCommit)
    {
        using var repository = Open(taskId);
        return WorkspaceDiff.Patch(repository, Find(repository, fromCommit).Tree, Find(repository, toCommit).Tree);
    }

    /// <summary>Paths that differ, by path.</summary>
    public IReadOnlyList<ChangedFile> ChangedFiles(string taskId, string fromCommit, string toCommit)
    {
        using var repository = Open(taskId);
        return [.. WorkspaceDiff.Changes(Find(repository, fromCommit).Tree, Find(repository, toCommit).Tree).Select(c => c.Summary)];
    }

    /// <summary>The id of the commit's tree: equal trees hold equal files.</summary>
    public string TreeId(string taskId, string commit)
    {
        using var repository = Open(taskId);
        return Find(repository, commit).Tree.Sha;
    }

    /// <summary>A commit and its ancestors, newest first; with a path only those that changed it.</summary>
    public IReadOnlyList<HistoryEntry> Log(string taskId, string commit, int count, string? path = null)
    {
        using var repository = Open(taskId);
        var found = Find(repository, commit);
        var filter = new CommitFilter { IncludeReachableFrom = found, SortBy = CommitSortStrategies.Topological | CommitSortStrategies.Time };
        IEnumerable<Commit> commits = repository.Commits.QueryBy(filter);
        if (path is not null)
            commits = commits.Where(c => ObjectAt(c, path) != (c.Parents.FirstOrDefault() is { } parent ? ObjectAt(parent, path) : null));
        return [.. commits.Take(count).Select(c => new HistoryEntry(c.Sha, c.Author.Name, c.Author.When, c.MessageShort, [.. c.Parents.Select(p => p.Sha)]))];
    }

    private static ObjectId? ObjectAt(Commit commit, string path) => commit.Tree[path]?.Target.Id;
}
