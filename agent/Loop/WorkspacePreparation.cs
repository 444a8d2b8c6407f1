using Navi.Agent.Loop.Outcomes;
using Navi.Agent.Workspace;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>Makes the task's own copy of its repository, or of the history of the task that it was forked from.</summary>
public sealed class WorkspacePreparation
{
    private readonly TaskStore tasks;
    private readonly TaskProgress progress;
    private readonly WorkspaceStore workspaces;
    private readonly TimeProvider time;

    internal WorkspacePreparation(TaskStore tasks, TaskProgress progress, WorkspaceStore workspaces, TimeProvider time)
    {
        this.time = time;
        this.tasks = tasks;
        this.progress = progress;
        this.workspaces = workspaces;
    }

    /// <summary>Prepares the workspace, once; what is wrong with the repository ends the task with a sentence that says so.</summary>
    public async Task<Preparation> PrepareAsync(Guid task, CancellationToken cancellation)
    {
        var row = (await tasks.FindAsync(Scope.System, task, cancellation))!;
        if (row.CancelRequestedAt is not null)
            return new Preparation("cancelled", null);
        if (row.SuspendedAt is not null)
            return new Preparation(null, null, Suspended: true);
        await using var watch = new CancelWatch(tasks, task, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(watch.Token, cancellation);
        try
        {
            var id = task.ToString("d");
            var info = row.ForkedFrom is { } origin
                ? await workspaces.ForkAsync(id, origin.ToString("d"), row.ForkHead!, stop.Token)
                : await workspaces.PrepareAsync(id, row.Repository, stop.Token);
            await progress.WorkspaceReadyAsync(task, info.BaseCommit, row.ForkHead ?? info.BaseCommit, info.LeftOut, info.LeftOutCount, cancellation);
            return new Preparation(null, null);
        }
        catch (OperationCanceledException) when (watch.Token.IsCancellationRequested)
        {
            return new Preparation("cancelled", null);
        }
        catch (WorkspaceException e)
        {
            return new Preparation("failed", e.Message);
        }
    }
}
