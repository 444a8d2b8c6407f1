using Dapper;
using Navi.Agent.Loop.Outcomes;
using Navi.Agent.Policy;
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
    private readonly PolicyEngine policy;

    internal Publication(NaviDatabase database, TaskStore tasks, TaskProgress progress, WorkspaceStore workspaces, PolicyEngine policy)
    {
        this.policy = policy;
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
            return new PublishOutcome(null, null, false);
        try
        {
            var (action, _) = Gatekeeper.Publication(workspaces, row, policy.Digest);
            if (await ConsumeAsync(task, checkpoint, CanonicalJson.Digest(action), cancellation) is { } refusal)
                return refusal;
            var published = await workspaces.PublishAsync(task.ToString("d"), row.Repository, Gatekeeper.BranchOf(task), row.HeadCommit!, cancellation);
            await progress.PublishedAsync(task, published.Branch, published.Commit, published.Where, cancellation);
            return new PublishOutcome(null, null, false);
        }
        catch (WorkspaceException e)
        {
            return new PublishOutcome("failed", e.Message, false);
        }
    }

    // A request to cancel that came before this transaction wins; after it the approved branch is on its way.
    private Task<PublishOutcome?> ConsumeAsync(Guid task, Guid checkpoint, string digest, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            await TaskStore.LockAsync(c, task);
            var gate = await c.QuerySingleOrDefaultAsync<Gate>(
                """
                SELECT c.status, c.action_digest, c.consumed_at, t.cancel_requested_at, t.suspended_at
                FROM navi.checkpoints c JOIN navi.tasks t ON t.id = c.task_id WHERE c.id = @checkpoint AND c.task_id = @task AND c.kind = 'review' FOR UPDATE OF c
                """, new { checkpoint, task });
            if (gate is not { Status: "approved" })
                return new PublishOutcome("failed", $"The review {checkpoint} is {gate?.Status ?? "missing"}; nothing was published.", false);
            if (gate.ConsumedAt is not null)
                return null;
            if (gate.CancelRequestedAt is not null)
                return new PublishOutcome("cancelled", null, false);
            if (gate.SuspendedAt is not null)
                return new PublishOutcome(null, null, false, Suspended: true);
            if (digest != gate.ActionDigest)
                return new PublishOutcome(null, null, true);
            await c.ExecuteAsync("UPDATE navi.checkpoints SET consumed_at = now() WHERE id = @checkpoint", new { checkpoint });
            return null;
        }, cancellation);

    private sealed class Gate
    {
        public string Status { get; init; } = "";
        public string ActionDigest { get; init; } = "";
        public DateTime? ConsumedAt { get; init; }
        public DateTime? CancelRequestedAt { get; init; }
        public DateTime? SuspendedAt { get; init; }
    }
}
