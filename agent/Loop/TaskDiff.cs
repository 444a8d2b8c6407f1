using Navi.Agent.Workspace;
using Navi.Platform.Checkpoints;
using Navi.Platform.Contents;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>The patch of a task, from its base to its last step.</summary>
public sealed class TaskDiff
{
    private readonly WorkspaceStore workspaces;
    private readonly CheckpointStore checkpoints;
    private readonly ContentStore contents;

    internal TaskDiff(WorkspaceStore workspaces, CheckpointStore checkpoints, ContentStore contents)
    {
        this.workspaces = workspaces;
        this.checkpoints = checkpoints;
        this.contents = contents;
    }

    /// <summary>Unified patch in git's format; empty while nothing has changed. A reviewed one is the stored bytes that were shown.</summary>
    public async Task<byte[]> ReadAsync(Scope scope, TaskRow row, CancellationToken cancellation)
    {
        if (row.BaseCommit is null || row.HeadCommit is null || row.BaseCommit == row.HeadCommit)
            return [];
        var review = (await checkpoints.ListAsync(scope, null, row.Id, 1000, cancellation)).LastOrDefault(c => c.DiffDigest is not null);
        return review is null
            ? workspaces.Diff(row.Id.ToString("d"), row.BaseCommit, row.HeadCommit)
            : await contents.GetAsync(scope, row.OrgId, review.DiffDigest!, cancellation) ?? throw new InvalidDataException($"The reviewed diff {review.DiffDigest} is missing.");
    }
}
