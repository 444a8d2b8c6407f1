namespace Navi.Agent.Workspace;

/// <summary>Workspaces beside a database that was restored to an earlier moment.</summary>
internal sealed partial class WorkspaceStore
{
    /// <summary>
    /// Puts the task's head back to the commit that the database knows, or to the base where it knows none: what came after did not happen. False when this disk has no such workspace or commit; nothing is changed then.
    /// </summary>
    public bool Rewind(string taskId, string? headCommit)
    {
        if (Prepared(Layout(taskId)) is null)
            return false;
        using var repository = Open(taskId);
        var to = headCommit ?? repository.Refs[BaseRef].TargetIdentifier;
        if (repository.Lookup(to) is not LibGit2Sharp.Commit commit)
            return false;
        repository.Refs.Add(HeadRef, commit.Id, allowOverwrite: true);
        return true;
    }

    /// <summary>The tasks that have a workspace on this disk.</summary>
    public IReadOnlyList<Guid> Tasks() => Directory.Exists(options.Root)
        ? [.. Directory.EnumerateDirectories(options.Root).Select(d => Guid.TryParseExact(Path.GetFileName(d), "D", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)]
        : [];
}
