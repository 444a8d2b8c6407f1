using Navi.Agent.Workspace;
using Navi.Platform.Tasks.Restoration;

namespace Navi.Agent.Restoration;

/// <summary>Makes a restored database and the workspaces on this disk agree, before NAVI works on them again.</summary>
internal sealed class RestoredInstallation(RestoredTasks rows, WorkspaceStore workspaces) : IRestoredInstallation
{
    public async Task<RestorationReport> HoldAsync(DateTimeOffset point, CancellationToken cancellation)
    {
        var tasks = await rows.HoldAsync(point, cancellation);
        // A task that had not got as far as a workspace makes one when it goes on.
        var put = tasks.Count(t => workspaces.Rewind(t.Id.ToString(), t.HeadCommit));
        var here = workspaces.Tasks();
        var known = await rows.KnownAsync(here, cancellation);
        return new RestorationReport(tasks, put, [.. here.Where(t => !known.Contains(t)).Order()]);
    }
}
