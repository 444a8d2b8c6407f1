using Dapper;
using Navi.Platform.Contents;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Navi.Platform.Outbox;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;
using Npgsql;

namespace Navi.Platform.Checkpoints;

/// <summary>The gates' side of the orchestration: open, look, settle. Authority lies in these rows and the database's clock alone.</summary>
public sealed class CheckpointStore(NaviDatabase database, NaviMeters meters)
{
    private const string Select =
        """
        SELECT c.id, c.org_id, c.task_id, c.number, c.kind, c.call_id, c.title, c.reason, c.action::text AS action, c.action_digest, c.diff_digest,
          c.instance_id, c.event_name, c.status, c.opened_at, c.expires_at, c.settled_at, c.consumed_at, t.user_id AS requester, t.environment,
          d.decision, d.reason AS decision_reason, d.answer, d.decided_by, d.decided_at, d.self_approved,
          c.expires_at <= coalesce(c.suspended_at, clock_timestamp()) AS overdue,
          CASE WHEN c.suspended_at IS NULL THEN extract(epoch FROM c.expires_at - clock_timestamp()) * 1000
            ELSE greatest(extract(epoch FROM c.expires_at - c.suspended_at) * 1000, 60000) END AS remaining_ms
        FROM navi.checkpoints c JOIN navi.tasks t ON t.id = c.task_id LEFT JOIN navi.checkpoint_decisions d ON d.checkpoint_id = c.id
        """;

    /// <summary>The statement that reads the checkpoint <c>@id</c>, for use among others.</summary>
    internal const string SelectOne = $"{Select} WHERE c.id = @id;\n";

    /// <summary>One checkpoint; null when the scope has none of this id.</summary>
    public Task<CheckpointRow?> FindAsync(Scope scope, Guid id, CancellationToken cancellation) =>
        database.FindAsync<CheckpointRow>(scope, SelectOne, new { id }, cancellation);

    /// <summary>Checkpoints, oldest first, of one status and one task when given, with ids above <paramref name="after"/>.</summary>
    public Task<List<CheckpointRow>> ListAsync(Scope scope, string? status, Guid? task, int limit, CancellationToken cancellation, Guid? after = null) =>
        database.QueryAsync<CheckpointRow>(
            scope,
            $"{Select} WHERE (@status::text IS NULL OR c.status = @status) AND (@task::uuid IS NULL OR c.task_id = @task) AND (@after::uuid IS NULL OR c.id > @after) ORDER BY c.id LIMIT @limit",
            new { status, task, limit, after }, cancellation);

    /// <summary>
    /// Opens a gate, once per number. A task whose requester approved in advance (Local only) settles it at once, as that person's own decision
    /// about this exact action; a question still waits, because nobody has answered it.
    /// </summary>
    public Task<CheckpointRow> OpenAsync(NewCheckpoint gate, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            var task = await c.QuerySingleAsync<TaskRow>($"SELECT {TaskStore.Columns} FROM navi.tasks WHERE id = @Task FOR UPDATE", new { gate.Task });
            if (await c.QuerySingleOrDefaultAsync<CheckpointRow>($"{Select} WHERE c.task_id = @Task AND c.number = @Number", new { gate.Task, gate.Number }) is { } earlier)
                return earlier;
            var id = Guid.CreateVersion7();
            var digest = CanonicalJson.Digest(gate.Action);
            var diff = gate.Diff is null ? null : await ContentStore.PutAsync(c, task.OrgId, gate.Diff);
            // The task may have been cancelled while the gate was on its way: it is then opened closed.
            var cancelled = task.CancelRequestedAt is not null;
            await c.ExecuteAsync(
                """
                INSERT INTO navi.checkpoints (id, org_id, task_id, number, kind, call_id, title, reason, action, action_digest, diff_digest,
                  instance_id, event_name, expires_at, suspended_at, status, settled_at)
                VALUES (@id, @OrgId, @Task, @Number, @Kind, @CallId, @Title, @Reason, @action::jsonb, @digest, @diff, @instance, @eventName,
                  clock_timestamp() + @Lifetime, CASE WHEN @suspended THEN clock_timestamp() END, CASE WHEN @cancelled THEN 'cancelled' ELSE 'pending' END, CASE WHEN @cancelled THEN now() END)
                """,
                new
                {
                    id, task.OrgId, gate.Task, gate.Number, gate.Kind, gate.CallId, gate.Title, gate.Reason, action = gate.Action.ToJsonString(), digest, diff,
                    instance = InstanceIds.Checkpoint(gate.Task, gate.Number), eventName = $"decided-{id:n}", gate.Lifetime, cancelled, suspended = task.SuspendedAt is not null,
                });
            if (gate.CallId is not null)
                await c.ExecuteAsync("UPDATE navi.tool_calls SET checkpoint_id = @id WHERE task_id = @Task AND call_id = @CallId", new { id, gate.Task, gate.CallId });
            await c.ExecuteAsync("UPDATE navi.tasks SET status = 'waiting' WHERE id = @Task AND status = 'running'", new { gate.Task });
            await TaskEventStore.AppendAsync(c, gate.Task, "checkpoint_opened", new { CheckpointId = id, gate.Number, gate.Kind, gate.CallId, gate.Title, gate.Reason });
            if (task.PreApproved && !cancelled && gate.Kind != "question")
                await Decisions.RecordAsync(c, (await ReadAsync(c, id))!, new DecisionRequest("approve", "approved in advance by the requester", null, digest), task.UserId);
            return (await ReadAsync(c, id))!;
        }, cancellation);

    /// <summary>
    /// Called by the waiting orchestration whenever something wakes it: acknowledges messages, expires an overdue gate by the database's clock,
    /// and returns the row. A wake-up without a decision changes nothing.
    /// </summary>
    public async Task<CheckpointRow> LookAsync(Guid id, CancellationToken cancellation)
    {
        var (row, delivered) = await database.RunAsync(Scope.System, async c =>
        {
            var row = await ReadAsync(c, id, forUpdate: true) ?? throw new InvalidOperationException($"There is no checkpoint {id}.");
            if (row.Status == "pending" && row.Overdue)
            {
                await ExpireAsync(c, id);
                row = (await ReadAsync(c, id))!;
            }
            await OutboxStore.AcknowledgeAsync(c, row.TaskId, row.InstanceId);
            if (row.Status == "pending")
                return (row, (DateTime?)null);
            if (await c.ExecuteAsync("UPDATE navi.tasks SET status = 'running' WHERE id = @TaskId AND status = 'waiting'", new { row.TaskId }) == 1)
                await TaskEventStore.AppendAsync(c, row.TaskId, "checkpoint_settled", new { CheckpointId = row.Id, row.Number, row.Kind, row.Status, By = row.DecidedBy, row.SelfApproved, Reason = row.DecisionReason });
            else
                return (row, null);
            return (row, await c.ExecuteScalarAsync<DateTime>("SELECT clock_timestamp()"));
        }, cancellation);
        if (delivered is { } now)
            Settled(row, now);
        return row;
    }

    private void Settled(CheckpointRow row, DateTime now)
    {
        meters.Add(MetricCatalogue.Checkpoints, 1, row.Status);
        if (row.DecidedAt is not { } decided)
            return;
        meters.Record(MetricCatalogue.CheckpointWait, (decided - row.OpenedAt).TotalSeconds);
        meters.Record(MetricCatalogue.CheckpointDelivery, (now - decided).TotalSeconds);
    }

    internal static async Task<CheckpointRow?> ReadAsync(NpgsqlConnection connection, Guid id, bool forUpdate = false)
    {
        if (!forUpdate)
            return await connection.QuerySingleOrDefaultAsync<CheckpointRow>(SelectOne, new { id });
        // Each lock is taken by a statement of its own: after a wait, the next statement sees the decision that was waited for, also when they are sent
        // together. The task's row is locked first, here and everywhere: whoever decides, cancels or executes takes the same order.
        await using var answers = await connection.QueryMultipleAsync(
            $"""
            SELECT 1 FROM navi.tasks WHERE id = (SELECT task_id FROM navi.checkpoints WHERE id = @id) FOR UPDATE;
            SELECT 1 FROM navi.checkpoints WHERE id = @id FOR UPDATE;
            {SelectOne}
            """, new { id });
        await answers.ReadAsync<int>();
        await answers.ReadAsync<int>();
        return await answers.ReadSingleOrDefaultAsync<CheckpointRow>();
    }

    internal static Task ExpireAsync(NpgsqlConnection connection, Guid id) =>
        connection.ExecuteAsync("UPDATE navi.checkpoints SET status = 'expired', settled_at = clock_timestamp() WHERE id = @id AND status = 'pending'", new { id });
}
