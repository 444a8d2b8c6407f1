using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Navi.Platform.Outbox;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Tasks.Forks;
using Npgsql;

namespace Navi.Platform.Tasks;

/// <summary>Creates, reads and cancels tasks: the caller's side.</summary>
public sealed class TaskStore(NaviDatabase database)
{
    internal const string Columns =
        """
        id, org_id, user_id, created_at, repository, prompt, provider, environment, pre_approved, status, stop_reason, max_turns, deadline_at,
        cancel_requested_at, cancel_requested_by, started_at, finished_at, base_commit, head_commit, left_out::text AS left_out, left_out_count,
        verification::text AS verification, verified_commit, summary, report_path, branch, published_commit, mode, input_tokens, output_tokens, cost,
        unpriced_calls, suspended_at, suspended_by, forked_from, forked_after, fork_head, first_turn, deadline_at <= coalesce(suspended_at, clock_timestamp()) AS overdue
        """;

    private const string Insert =
        """
        INSERT INTO navi.tasks (id, org_id, user_id, repository, prompt, provider, environment, pre_approved, max_turns, deadline_at, mode,
          forked_from, forked_after, fork_head, first_turn)
        VALUES (@task, @organisation, @User, @Repository, @Prompt, @Provider, @Environment, @PreApproved, @MaxTurns, now() + @TimeLimit, @Mode,
          @origin, @CallId, @HeadCommit, @firstTurn);

        """;

    private const string Begin =
        $"""
        {TaskEventStore.Append}
        {OutboxStore.Add}
        SELECT {Columns} FROM navi.tasks WHERE id = @task
        """;

    /// <summary>Writes the task, what it inherits, its first events and the message that starts it, in one transaction. A key used before returns the earlier task.</summary>
    public Task<Created> CreateAsync(NewTask task, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        var scope = Scope.Of(task.Organisation);
        var row = new
        {
            task = id, organisation = task.Organisation, task.User, task.Repository, task.Prompt, task.Provider, task.Environment, task.PreApproved, task.MaxTurns, task.TimeLimit, task.Mode,
            origin = task.Fork?.Task, task.Fork?.CallId, task.Fork?.HeadCommit, firstTurn = task.Fork?.FirstTurn ?? 0,
            type = "task_created", json = NaviJson.Write(new { task.Repository, Task = task.Prompt, task.Provider, task.Mode, By = task.User }),
            checkpoint = (Guid?)null, instanceId = InstanceIds.Task(id), eventName = (string?)null,
        };
        if (task.IdempotencyKey is null && task.Fork is null)
            return database.RunAsync(scope, Insert + Begin, row, CreatedAsync, cancellation);
        return database.RunAsync(scope, async c =>
        {
            if (task.IdempotencyKey is { } key && await EarlierAsync(c, task, key, id) is { } earlier)
                return earlier;
            if (task.Fork is { } fork)
            {
                await c.ExecuteAsync(Insert, row);
                await Inheritance.CopyAsync(c, id, task.Organisation, task.Prompt, fork);
                await TaskEventStore.AppendAsync(c, id, "task_forked", new { From = fork.Task, fork.CallId, Commit = fork.HeadCommit, fork.FirstTurn });
            }
            await using var answers = await c.QueryMultipleAsync(task.Fork is null ? Insert + Begin : Begin, row);
            return await CreatedAsync(answers);
        }, cancellation);

        static async Task<Created> CreatedAsync(SqlMapper.GridReader answers)
        {
            var message = await answers.ReadSingleAsync<OutboxRow>();
            return new Created(await answers.ReadSingleAsync<TaskRow>(), true, message);
        }
    }

    /// <summary>The task that a user made under a key with this body; null when there is none.</summary>
    public Task<TaskRow?> FindByKeyAsync(Scope scope, string user, string key, string bodyDigest, CancellationToken cancellation) => database.FindAsync<TaskRow>(
        scope, $"SELECT {Columns} FROM navi.tasks WHERE id = (SELECT task_id FROM navi.idempotency_keys WHERE org_id = @Organisation AND user_id = @user AND key = @key AND body_digest = @bodyDigest)",
        new { scope.Organisation, user, key, bodyDigest }, cancellation);

    /// <summary>One task; null when the scope has none of this id.</summary>
    public Task<TaskRow?> FindAsync(Scope scope, Guid id, CancellationToken cancellation) =>
        database.FindAsync<TaskRow>(scope, $"SELECT {Columns} FROM navi.tasks WHERE id = @id", new { id }, cancellation);

    /// <summary>Tasks with ids below <paramref name="before"/>, newest first.</summary>
    public Task<List<TaskRow>> ListAsync(Scope scope, TaskQuery query, Guid? before, int limit, CancellationToken cancellation) =>
        database.QueryAsync<TaskRow>(
            scope,
            $"""
            SELECT {Columns} FROM navi.tasks
            WHERE (@Status::text IS NULL OR status = @Status) AND (@StopReason::text IS NULL OR stop_reason = @StopReason)
              AND (@Provider::text IS NULL OR provider = @Provider) AND (@User::text IS NULL OR user_id = @User) AND (@Repository::text IS NULL OR repository = @Repository)
              AND (@CreatedAfter::timestamptz IS NULL OR created_at >= @CreatedAfter) AND (@CreatedBefore::timestamptz IS NULL OR created_at < @CreatedBefore)
              AND (@before::uuid IS NULL OR id < @before)
            ORDER BY id DESC LIMIT @limit
            """,
            new { query.Status, query.StopReason, query.Provider, query.User, query.Repository, query.CreatedAfter, query.CreatedBefore, before, limit }, cancellation);

    /// <summary>Asks for the task's end: a flag that running work watches, and a wake-up for every gate it waits at. Null when unknown; false when it had ended.</summary>
    public Task<(bool? Accepted, List<OutboxRow> Outbox)> CancelAsync(Scope scope, Guid id, string by, CancellationToken cancellation) =>
        database.RunAsync(scope, async c =>
        {
            var outbox = new List<OutboxRow>();
            if (await c.QuerySingleOrDefaultAsync<TaskRow>($"SELECT {Columns} FROM navi.tasks WHERE id = @id FOR UPDATE", new { id }) is not { } task)
                return ((bool?)null, outbox);
            if (task.Status == "finished")
                return (false, outbox);
            if (task.CancelRequestedAt is not null)
                return (true, outbox);
            await c.ExecuteAsync("UPDATE navi.tasks SET cancel_requested_at = now(), cancel_requested_by = @by, suspended_at = NULL, suspended_by = NULL WHERE id = @id", new { id, by });
            await TaskEventStore.AppendAsync(c, id, "cancel_requested", new { By = by });
            var gates = await c.QueryAsync<(Guid Id, string InstanceId, string EventName)>(
                "UPDATE navi.checkpoints SET status = 'cancelled', settled_at = now() WHERE task_id = @id AND status = 'pending' RETURNING id, instance_id, event_name", new { id });
            foreach (var gate in gates)
                outbox.Add(await OutboxStore.AddAsync(c, task.OrgId, id, gate.Id, gate.InstanceId, gate.EventName));
            outbox.AddRange(await TaskSuspension.WakeAsync(c, task));
            return (true, outbox);
        }, cancellation);

    /// <summary>Locks the task's row for the caller's transaction; always before rows that belong to the task.</summary>
    public static Task LockAsync(NpgsqlConnection connection, Guid id) =>
        connection.ExecuteAsync("SELECT 1 FROM navi.tasks WHERE id = @id FOR UPDATE", new { id });

    /// <summary>Ids of some tasks that are older than <paramref name="age"/>, have not ended and were acknowledged by their orchestration; a random choice, so that each is seen in time.</summary>
    public Task<List<Guid>> UnfinishedAsync(TimeSpan age, int limit, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c => (await c.QueryAsync<Guid>(
            "SELECT id FROM navi.tasks WHERE status IN ('running', 'waiting') AND created_at < now() - @age ORDER BY random() LIMIT @limit", new { age, limit })).AsList(), cancellation);

    internal static Task<TaskRow?> ReadAsync(NpgsqlConnection connection, Guid id) =>
        connection.QuerySingleOrDefaultAsync<TaskRow>($"SELECT {Columns} FROM navi.tasks WHERE id = @id", new { id });

    private static async Task<Created?> EarlierAsync(NpgsqlConnection connection, NewTask task, string key, Guid id)
    {
        var mine = await connection.ExecuteAsync(
            """
            INSERT INTO navi.idempotency_keys (org_id, user_id, key, body_digest, task_id) VALUES (@Organisation, @User, @key, @BodyDigest, @id)
            ON CONFLICT DO NOTHING
            """,
            new { task.Organisation, task.User, key, task.BodyDigest, id });
        if (mine == 1)
            return null;
        var (body, earlier) = await connection.QuerySingleAsync<(string, Guid)>(
            "SELECT body_digest, task_id FROM navi.idempotency_keys WHERE org_id = @Organisation AND user_id = @User AND key = @key",
            new { task.Organisation, task.User, key });
        return new Created(body == task.BodyDigest ? await ReadAsync(connection, earlier) : null, false, null);
    }
}
