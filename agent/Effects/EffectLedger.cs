using Dapper;
using Navi.Platform.Contents;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Npgsql;

namespace Navi.Agent.Effects;

/// <summary>
/// No effect twice, none lost: an intent is written before a call and its result after. Every start mints an attempt number,
/// and only the current attempt may store a result, so a paused process that wakes up late changes nothing.
/// </summary>
public sealed class EffectLedger(NaviDatabase database, ContentStore contents)
{
    internal const string Columns =
        """
        org_id, task_id, call_id, turn, index, tool, arguments::text AS arguments, effect, verdict, rule, reason, policy_digest, status, attempt,
        parent_commit, commit, result_digest, is_error, checkpoint_id, started_at, deadline_at, finished_at, repair, inherited,
        coalesce(deadline_at <= clock_timestamp(), true) AS overdue
        """;

    /// <summary>A task's calls in order, model calls included.</summary>
    public Task<List<LedgerRow>> ListAsync(Scope scope, Guid task, CancellationToken cancellation) =>
        database.QueryAsync<LedgerRow>(scope, $"SELECT {Columns} FROM navi.tool_calls WHERE task_id = @task ORDER BY turn, index", new { task }, cancellation);

    /// <summary>One call; null when there is none.</summary>
    public Task<LedgerRow?> FindAsync(Guid task, string callId, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, c => ReadAsync(c, task, callId, ""), cancellation);

    /// <summary>The stored result of a settled call; null when it has none.</summary>
    /// <exception cref="InvalidDataException">The stored bytes do not match their digest.</exception>
    public async Task<StoredResult?> ResultAsync(LedgerRow row, CancellationToken cancellation)
    {
        if (row.ResultDigest is null)
            return null;
        var body = await contents.GetAsync(Scope.System, row.OrgId, row.ResultDigest, cancellation)
            ?? throw new InvalidDataException($"The result {row.ResultDigest} of call {row.CallId} is missing.");
        return NaviJson.Read<StoredResult>(System.Text.Encoding.UTF8.GetString(body));
    }

    /// <summary>
    /// Writes the intent to run a call and says whether it may run. An approval is checked against the exact action and consumed in the same
    /// transaction; a call whose earlier attempt has no known outcome is answered by its effect class.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="callId">The call.</param>
    /// <param name="timeout">Time of this attempt.</param>
    /// <param name="policyDigest">The policy in force; a call that another one decided is not started. Null where policy has no say.</param>
    /// <param name="cancellation">Cancels before the commit.</param>
    public Task<LedgerStart> BeginAsync(Guid task, string callId, TimeSpan timeout, string? policyDigest, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            await TaskStore.LockAsync(c, task);
            var row = await ReadAsync(c, task, callId, "FOR UPDATE") ?? throw new InvalidOperationException($"The ledger has no call {callId} of task {task}.");
            if (row.Status is not ("planned" or "started"))
                return new LedgerStart(row.Status == "cancelled" ? LedgerAnswer.Cancelled : row.Status == "in_doubt" ? LedgerAnswer.InDoubt : LedgerAnswer.Settled, row);
            var owner = (await c.QuerySingleAsync<TaskRow>("SELECT head_commit, cancel_requested_at, suspended_at, repository FROM navi.tasks WHERE id = @task", new { task }))!;
            if (row.Status == "planned" && owner.CancelRequestedAt is not null)
                return await EndAsync(c, row, "cancelled", LedgerAnswer.Cancelled);
            if (owner.SuspendedAt is not null)
                return new LedgerStart(LedgerAnswer.Suspended, row);
            if (row.Status == "planned" && policyDigest is not null && row.PolicyDigest != policyDigest)
            {
                await StoreAsync(c, row, new StoredResult("Not run: the policy has changed since this call was decided. Ask again.", true, null), null, "rejected");
                return new LedgerStart(LedgerAnswer.Settled, (await ReadAsync(c, task, callId, ""))!);
            }
            if (row.Verdict == "approve" && await Approvals.RefusalAsync(c, row, owner) is { } refusal)
            {
                await StoreAsync(c, row, refusal, row.ParentCommit, refusal.IsError ? "rejected" : "done");
                return new LedgerStart(LedgerAnswer.Settled, (await ReadAsync(c, task, callId, ""))!);
            }
            if (row.Status == "started" && Unrepeatable(row) is { } answer)
                return answer == LedgerAnswer.InDoubt ? await EndAsync(c, row, "in_doubt", answer) : new LedgerStart(answer, row);
            await c.ExecuteAsync(
                """
                UPDATE navi.tool_calls SET status = 'started', attempt = attempt + 1, parent_commit = coalesce(parent_commit, @HeadCommit),
                  started_at = coalesce(started_at, clock_timestamp()), deadline_at = clock_timestamp() + @timeout
                WHERE task_id = @task AND call_id = @callId
                """, new { task, callId, owner.HeadCommit, timeout });
            row = (await ReadAsync(c, task, callId, ""))!;
            await TaskEventStore.AppendAsync(c, task, "call_started", new { row.CallId, row.Tool, row.Attempt, row.ParentCommit });
            return new LedgerStart(LedgerAnswer.Run, row);
        }, cancellation);

    /// <summary>Stores the result of an attempt. False when it is no longer the current one: nothing was changed.</summary>
    public Task<bool> CompleteAsync(LedgerRow started, StoredResult result, string? commit, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            await TaskStore.LockAsync(c, started.TaskId);
            var row = await ReadAsync(c, started.TaskId, started.CallId, "FOR UPDATE");
            if (row is null || row.Status != "started" || row.Attempt != started.Attempt)
                return false;
            await StoreAsync(c, row, result, commit, "done");
            if (commit is not null && commit != row.ParentCommit)
                await c.ExecuteAsync("UPDATE navi.tasks SET head_commit = @commit WHERE id = @TaskId AND head_commit = @ParentCommit", new { commit, row.TaskId, row.ParentCommit });
            return true;
        }, cancellation);

    /// <summary>The attempt was stopped because the task is to end.</summary>
    public Task CancelAsync(LedgerRow started, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            await TaskStore.LockAsync(c, started.TaskId);
            var row = await ReadAsync(c, started.TaskId, started.CallId, "FOR UPDATE");
            if (row is { Status: "started" } && row.Attempt == started.Attempt)
                await EndAsync(c, row, "cancelled", LedgerAnswer.Cancelled);
        }, cancellation);

    internal static Task<LedgerRow?> ReadAsync(NpgsqlConnection connection, Guid task, string callId, string locking) =>
        connection.QuerySingleOrDefaultAsync<LedgerRow>($"SELECT {Columns} FROM navi.tool_calls WHERE task_id = @task AND call_id = @callId {locking}", new { task, callId });

    internal static async Task PlanAsync(NpgsqlConnection connection, Guid task, string organisation, PlannedEffect call)
    {
        var done = call.Result is not null;
        await connection.ExecuteAsync(
            """
            INSERT INTO navi.tool_calls (org_id, task_id, call_id, turn, index, tool, arguments, effect, verdict, rule, reason, policy_digest, status, result_digest, is_error, finished_at, repair)
            VALUES (@organisation, @task, @CallId, @Turn, @Index, @Tool, @Arguments::jsonb, @effect, @Verdict, @Rule, @Reason, @PolicyDigest,
              CASE WHEN @done THEN 'done' ELSE 'planned' END, @digest, @error, CASE WHEN @done THEN clock_timestamp() END, @Repair)
            """,
            new
            {
                organisation, task, call.CallId, call.Turn, call.Index, call.Tool, call.Arguments, effect = call.Effect.ToString(), call.Verdict, call.Rule, call.Reason,
                call.PolicyDigest, call.Repair, done, error = call.Result?.IsError,
                digest = call.Result is null ? null : await ContentStore.PutAsync(connection, organisation, NaviJson.Write(call.Result)),
            });
        await TaskEventStore.AppendAsync(connection, task, "call_decided", new { call.CallId, call.Tool, call.Verdict, call.Rule, call.Reason, Repaired = call.Repair });
    }

    internal static async Task StoreAsync(NpgsqlConnection connection, LedgerRow row, StoredResult result, string? commit, string status)
    {
        var digest = await ContentStore.PutAsync(connection, row.OrgId, NaviJson.Write(result));
        await connection.ExecuteAsync(
            """
            UPDATE navi.tool_calls SET status = @status, result_digest = @digest, is_error = @IsError, commit = @commit, finished_at = clock_timestamp()
            WHERE task_id = @TaskId AND call_id = @CallId
            """, new { status, digest, result.IsError, commit, row.TaskId, row.CallId });
        await TaskEventStore.AppendAsync(connection, row.TaskId, "call_finished", new { row.CallId, row.Tool, row.Attempt, Status = status, result.IsError, Commit = commit, Text = Brief(result.Content) });
    }

    private static async Task<LedgerStart> EndAsync(NpgsqlConnection connection, LedgerRow row, string status, LedgerAnswer answer)
    {
        await connection.ExecuteAsync(
            "UPDATE navi.tool_calls SET status = @status, finished_at = clock_timestamp() WHERE task_id = @TaskId AND call_id = @CallId", new { status, row.TaskId, row.CallId });
        await TaskEventStore.AppendAsync(connection, row.TaskId, "call_finished", new { row.CallId, row.Tool, row.Attempt, Status = status });
        return new LedgerStart(answer, (await ReadAsync(connection, row.TaskId, row.CallId, ""))!);
    }

    // A started call without a result: its process died, or still runs somewhere. Null means that it may be run again.
    private static LedgerAnswer? Unrepeatable(LedgerRow row) => Enum.Parse<EffectClass>(row.Effect) switch
    {
        EffectClass.Pure or EffectClass.Workspace or EffectClass.Idempotent => null,
        // No probe is registered for any tool yet: after the deadline a probeable effect is as unknown as an irreversible one.
        EffectClass.Probeable when !row.Overdue => LedgerAnswer.Wait,
        _ => LedgerAnswer.InDoubt,
    };

    private static string Brief(string text) => text.Length <= 400 ? text : text[..400];
}
