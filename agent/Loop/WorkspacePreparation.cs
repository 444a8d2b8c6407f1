using Navi.Agent.Loop.Outcomes;
using Navi.Agent.Workspace;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>Makes the task's own copy of its repository.</summary>
public sealed class WorkspacePreparation
{
    private readonly TaskStore tasks;
    private readonly TaskProgress progress;
    private readonly WorkspaceStore workspaces;

    internal WorkspacePreparation(TaskStore tasks, TaskProgress progress, WorkspaceStore workspaces)
    {
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
        try
        {
            var info = await workspaces.PrepareAsync(task.ToString("d"), row.Repository, cancellation);
            await progress.WorkspaceReadyAsync(task, info.BaseCommit, info.LeftOut, info.LeftOutCount, cancellation);
            return new Preparation(null, null);
        }
        catch (WorkspaceException e)
        {
            return new Preparation("failed", e.Message);
        }
    }
}
