using System.Text.Json;
using Navi.Agent.Effects;
using Navi.Agent.Loop.Outcomes;
using Navi.Agent.Projects;
using Navi.Agent.Tools;
using Navi.Agent.Verification;
using Navi.Agent.Workspace;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>Verifies the agent's work. Only checks that really ran and passed make a task <c>completed</c>.</summary>
public sealed class TaskVerification
{
    private readonly TaskStore tasks;
    private readonly TaskProgress progress;
    private readonly EffectLedger ledger;
    private readonly WorkspaceStore workspaces;
    private readonly Verifier verifier;
    private readonly TimeProvider time;

    internal TaskVerification(TaskStore tasks, TaskProgress progress, EffectLedger ledger, WorkspaceStore workspaces, Verifier verifier, TimeProvider time)
    {
        this.tasks = tasks;
        this.progress = progress;
        this.ledger = ledger;
        this.workspaces = workspaces;
        this.verifier = verifier;
        this.time = time;
    }

    /// <summary>Runs the checks at the task's last step, or returns what they found there before.</summary>
    public async Task<VerificationOutcome> RunAsync(Guid task, CancellationToken cancellation)
    {
        var row = (await tasks.FindAsync(Scope.System, task, cancellation))!;
        if (row.CancelRequestedAt is not null)
            return new VerificationOutcome("cancelled", false, null);
        if (row.SuspendedAt is not null)
            return new VerificationOutcome("", false, null, Suspended: true);
        if (row.VerifiedCommit != row.HeadCommit || row.Verification is null)
        {
            await progress.NoteAsync(task, "verification_started", new { Commit = row.HeadCommit }, cancellation);
            await using var watch = new CancelWatch(tasks, task, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(watch.Token, cancellation);
            try
            {
                var report = await verifier.VerifyAsync(new VerifyRequest(task.ToString("d"), row.BaseCommit!, row.HeadCommit!, row.ReportPath, await EvidenceAsync(row, cancellation)), stop.Token);
                await progress.VerifiedAsync(task, row.HeadCommit!, report, cancellation);
            }
            catch (OperationCanceledException) when (watch.Token.IsCancellationRequested)
            {
                return new VerificationOutcome("cancelled", false, null);
            }
            row = (await tasks.FindAsync(Scope.System, task, cancellation))!;
        }
        var id = task.ToString("d");
        var changed = workspaces.TreeId(id, row.BaseCommit!) != workspaces.TreeId(id, row.HeadCommit!);
        return JsonElement.Parse(row.Verification!).GetProperty("outcome").GetString() switch
        {
            "passed" => new VerificationOutcome("completed", changed, null),
            "failed" => new VerificationOutcome("verification_failed", changed, null),
            _ => new VerificationOutcome("completed_unverified", changed, null),
        };
    }

    // The last run of all tests counts for the tree it ran on; the verifier compares the tree. Another task's run is no evidence of this one.
    private async Task<VerificationEvidence?> EvidenceAsync(TaskRow row, CancellationToken cancellation)
    {
        var calls = await ledger.ListAsync(Scope.System, row.Id, cancellation);
        var last = calls.LastOrDefault(c => c is { Tool: "run_tests", Status: "done", Inherited: false, ParentCommit: not null } && !JsonElement.Parse(c.Arguments).TryGetProperty("directory", out _));
        if (last is null || (await ledger.ResultAsync(last, cancellation))?.Data is not { } data)
            return null;
        return new VerificationEvidence(workspaces.TreeId(row.Id.ToString("d"), last.ParentCommit!), JsonSerializer.Deserialize<TestRunSummary>(data, ArgumentSchemas.Json)!);
    }
}
