namespace Navi.Agent.Workspace;

/// <summary>What tasks leave on this disk.</summary>
public sealed class TaskFiles
{
    private readonly WorkspaceStore workspaces;

    internal TaskFiles(WorkspaceStore workspaces) => this.workspaces = workspaces;

    /// <summary>Deletes everything that the task has here. Done twice it is the same.</summary>
    public void Remove(Guid task) => workspaces.Remove(task.ToString("d"));
}
