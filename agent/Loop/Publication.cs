using Dapper;
using Navi.Agent.Loop.Outcomes;
using Navi.Agent.Workspace;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>Publishes exactly what was reviewed: the patch is computed again and must have the digest that was approved.</summary>
public sealed class Publication
{
    private readonly NaviDatabase database;
    private readonly TaskStore tasks;
    private readonly TaskProgress progress;
    private readonly WorkspaceStore workspaces;

    internal Publication(NaviDatabase database, TaskStore tasks, TaskProgress progress, WorkspaceStore workspaces)
    {
        this.database = database;
        this.tasks = tasks;
        this.progress = progress;
        this.workspaces = workspaces;
    }

    /// <summary>Makes the branch in the target. Called again after a crash it finds the branch at the same commit and is done.</summary>
    public async Task<PublishOutcome> RunAsync(Guid task, Guid checkpoint, CancellationToken cancellation)
    {
        var row = (await tasks.FindAsync(Scope.System, task, cancellation))!;
        if (row.PublishedCommit is not null)
            return new PublishOutcome(null);
        if (await ConsumeAsync(row, checkpoint, cancellation) is { } refusal)
            return new PublishOutcome(refusal);
        try
        {
            var published = await workspaces.PublishAsync(task.ToString("d"), row.Repository, Gatekeeper.BranchOf(task), row.HeadCommit!, cancellation);
            await progress.PublishedAsync(task, published.Branch, published.Commit, published.Where, cancellation);
            return new PublishOutcome(null);
        }
        catch (WorkspaceException e)
        {
            return new PublishOutcome(e.Message);
        }
    }

    private Task<string?> ConsumeAsync(TaskRow row, Guid checkpoint, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            var gate = await c.QuerySingleOrDefaultAsync<Gate>(
                "SELECT status, action_digest, action->>'policy' AS policy FROM navi.checkpoints WHERE id = @checkpoint AND task_id = @Id AND kind = 'review' FOR UPDATE", new { checkpoint, row.Id });
            if (gate is not { Status: "approved" })
                return $"The review {checkpoint} is {gate?.Status ?? "missing"}; nothing was published.";
            var (action, _) = Gatekeeper.Publication(workspaces, row, gate.Policy);
            if (CanonicalJson.Digest(action) != gate.ActionDigest)
                return "The changes are no longer the ones that were reviewed; nothing was published.";
            await c.ExecuteAsync("UPDATE navi.checkpoints SET consumed_at = coalesce(consumed_at, now()) WHERE id = @checkpoint", new { checkpoint });
            return null;
        }, cancellation);

    private sealed class Gate
    {
        public string Status { get; init; } = "";
        public string ActionDigest { get; init; } = "";
        public string Policy { get; init; } = "";
    }
}
