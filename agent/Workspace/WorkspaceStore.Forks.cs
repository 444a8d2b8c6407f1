using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>Workspaces that begin from another task's history.</summary>
internal sealed partial class WorkspaceStore
{
    /// <summary>The task's workspace is here and has this commit.</summary>
    public bool Holds(string taskId, string commit)
    {
        if (Prepared(Layout(taskId)) is null)
            return false;
        using var repository = Open(taskId);
        return repository.Lookup<Commit>(commit) is not null;
    }

    /// <summary>
    /// Makes a workspace of the origin's history, with the origin's base and with its head at one of the origin's steps. It shares nothing with the origin's on disk. Called again it gives the same answer; what a killed
    /// call left behind is not used, and goes with the workspace.
    /// </summary>
    public async Task<WorkspaceInfo> ForkAsync(string taskId, string originId, string headCommit, CancellationToken cancellationToken)
    {
        var layout = Layout(taskId);
        if (Prepared(layout) is { } known)
            return known;
        var origin = Layout(originId);
        var info = Prepared(origin)
            ?? throw new WorkspaceException("origin_gone", $"The workspace of task {originId}, from which this one was forked, is gone from this disk. Start a new task.");
        var part = Path.Combine(layout.Directory, "part-" + Path.GetRandomFileName());
        try
        {
            CreatePrivate(layout.Directory);
            await transfer.BoundedAsync("copy_failed", $"copying the history of task {originId}", stop => HistoryCopy.Make(origin.Repository, part, stop), cancellationToken);
            using (var repository = new Repository(part))
            {
                Configure(repository);
                Find(repository, info.BaseCommit);
                // Its parent's objects were complete before the step was accepted, so a copy that lacks any of its trees is no copy.
                TreeFile.Flatten(Find(repository, headCommit).Tree);
                repository.Refs.Add(HeadRef, new ObjectId(headCommit), allowOverwrite: true);
            }

            return Adopt(layout, part, info);
        }
        catch (Exception e) when (e is IOException or LibGit2SharpException && DiskFull.Is(e))
        {
            throw DiskFull.Error("preparing the workspace", e);
        }
        finally
        {
            Delete(part);
        }
    }
}
