using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Outbox;
using Navi.Platform.Tasks.Events;
using Npgsql;

namespace Navi.Platform.Tasks;

/// <summary>
/// Suspends and resumes tasks, by their rows alone: whatever would begin a step reads the row under its lock first. Only a task whose
/// orchestration has noticed the suspension, and waits, needs a message to go on.
/// </summary>
public sealed class TaskSuspension(NaviDatabase database)
{
    /// <summary>Name of the event that wakes a waiting task; it carries no authority.</summary>
    public const string WakeEvent = "wake";

    /// <summary>Suspends the task: once this returns, no step of it begins. Suspending twice is the same. Null when unknown; false when it ended or must end.</summary>
    public Task<bool?> SuspendAsync(Scope scope, Guid id, string by, CancellationToken cancellation) =>
        database.RunAsync(scope, async c =>
        {
            await TaskStore.LockAsync(c, id);
            if (await TaskStore.ReadAsync(c, id) is not { } task)
                return (bool?)null;
            if (task.Status == "finished" || task.CancelRequestedAt is not null)
                return false;
            if (task.SuspendedAt is not null)
                return true;
            // The clock is read under the lock: what was overdue before stays overdue.
            await c.ExecuteAsync("UPDATE navi.tasks SET suspended_at = clock_timestamp(), suspended_by = @by WHERE id = @id", new { id, by });
            await c.ExecuteAsync("UPDATE navi.checkpoints SET suspended_at = clock_timestamp() WHERE task_id = @id AND status = 'pending'", new { id });
            await TaskEventStore.AppendAsync(c, id, "task_suspended", new { By = by });
            return true;
        }, cancellation);

    /// <summary>
    /// Lets the task go on: its own time and that of its open gates are longer by the time it was suspended. Resuming a task that is not
    /// suspended changes nothing. Null when unknown; false when it ended or must end.
    /// </summary>
    public Task<(bool? Accepted, List<OutboxRow> Outbox)> ResumeAsync(Scope scope, Guid id, string by, CancellationToken cancellation) =>
        database.RunAsync(scope, async c =>
        {
            var outbox = new List<OutboxRow>();
            await TaskStore.LockAsync(c, id);
            if (await TaskStore.ReadAsync(c, id) is not { } task)
                return ((bool?)null, outbox);
            if (task.Status == "finished" || task.CancelRequestedAt is not null)
                return (false, outbox);
            if (task.SuspendedAt is null)
                return (true, outbox);
            await c.ExecuteAsync(
                "UPDATE navi.tasks SET deadline_at = deadline_at + (clock_timestamp() - suspended_at), suspended_at = NULL, suspended_by = NULL WHERE id = @id", new { id });
            var gates = await c.QueryAsync<(Guid Id, string InstanceId, string EventName)>(
                """
                UPDATE navi.checkpoints SET expires_at = expires_at + (clock_timestamp() - suspended_at), suspended_at = NULL
                WHERE task_id = @id AND status = 'pending' AND suspended_at IS NOT NULL RETURNING id, instance_id, event_name
                """, new { id });
            foreach (var gate in gates)
                outbox.Add(await OutboxStore.AddAsync(c, task.OrgId, id, gate.Id, gate.InstanceId, gate.EventName));
            outbox.AddRange(await WakeAsync(c, task));
            await TaskEventStore.AppendAsync(c, id, "task_resumed", new { By = by });
            return (true, outbox);
        }, cancellation);

    /// <summary>
    /// The orchestration's look at the row before it waits and after every wake-up: true when it must wait. What made it look is acknowledged.
    /// </summary>
    public Task<bool> ParkAsync(Guid id, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            await TaskStore.LockAsync(c, id);
            await OutboxStore.AcknowledgeAsync(c, id, InstanceIds.Task(id));
            return await c.QuerySingleAsync<bool>("UPDATE navi.tasks SET parked = suspended_at IS NOT NULL WHERE id = @id RETURNING parked", new { id });
        }, cancellation);

    /// <summary>The message to a waiting orchestration, in the caller's transaction, which holds the row's lock; none when it does not wait.</summary>
    internal static async Task<List<OutboxRow>> WakeAsync(NpgsqlConnection connection, TaskRow task)
    {
        if (await connection.ExecuteAsync("UPDATE navi.tasks SET parked = false WHERE id = @Id AND parked", new { task.Id }) == 0)
            return [];
        return [await OutboxStore.AddAsync(connection, task.OrgId, task.Id, null, InstanceIds.Task(task.Id), WakeEvent)];
    }
}
