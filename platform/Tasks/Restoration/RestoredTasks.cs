using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Tasks.Events;
using Npgsql;

namespace Navi.Platform.Tasks.Restoration;

/// <summary>
/// What must happen to a database that was restored to an earlier moment, before NAVI works on it again: the world has gone on since then, and the database does not know how.
/// Tasks that were open are suspended, and calls that the world may have felt meanwhile are in doubt.
/// </summary>
public sealed class RestoredTasks(NaviDatabase database)
{
    /// <summary>Who the record says has suspended the tasks.</summary>
    public const string By = "restore";

    /// <summary>
    /// Suspends every task that had not ended and puts its unsettled probeable and irreversible calls in doubt; all of it or nothing. Doing it twice is the same.
    /// No process of NAVI may work on the database meanwhile.
    /// </summary>
    /// <param name="point">The moment to which the database was restored; it is written into the tasks' events.</param>
    /// <param name="cancellation">Cancels before the commit.</param>
    /// <returns>The tasks that had not ended, oldest first.</returns>
    public Task<IReadOnlyList<RestoredTask>> HoldAsync(DateTimeOffset point, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            var open = await c.QueryAsync<(Guid Id, string OrgId, string UserId, string Status, bool Ends, bool IsHeld, string? HeadCommit)>(
                """
                SELECT id, org_id, user_id, status, cancel_requested_at IS NOT NULL, suspended_at IS NOT NULL, head_commit FROM navi.tasks
                WHERE status <> 'finished' ORDER BY created_at, id FOR UPDATE
                """);
            var tasks = new List<RestoredTask>();
            foreach (var (id, organisation, user, status, ends, isHeld, head) in open)
            {
                if (!ends && !isHeld)
                    await SuspendAsync(c, id, point);
                tasks.Add(new RestoredTask(id, organisation, user, status, !ends, head, await DoubtAsync(c, id)));
            }
            return (IReadOnlyList<RestoredTask>)tasks;
        }, cancellation);

    /// <summary>How many sessions other processes of NAVI have at the database; while there are any, nothing may be held.</summary>
    public Task<int> OtherSessionsAsync(CancellationToken cancellation) =>
        database.RunAsync(Scope.System, c => c.QuerySingleAsync<int>(
            """
            SELECT count(*)::int FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND (application_name = 'navi' OR application_name LIKE 'navi-%')
            """), cancellation);

    /// <summary>Which of these tasks the database knows: work that began after the restore point has left directories and branches, but no row.</summary>
    public Task<IReadOnlySet<Guid>> KnownAsync(IReadOnlyCollection<Guid> tasks, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c => (IReadOnlySet<Guid>)(await c.QueryAsync<Guid>("SELECT id FROM navi.tasks WHERE id = ANY(@tasks)", new { tasks = tasks.ToArray() })).ToHashSet(), cancellation);

    private static async Task SuspendAsync(NpgsqlConnection connection, Guid task, DateTimeOffset point)
    {
        await connection.ExecuteAsync("UPDATE navi.tasks SET suspended_at = clock_timestamp(), suspended_by = @By WHERE id = @task", new { task, By });
        await connection.ExecuteAsync("UPDATE navi.checkpoints SET suspended_at = clock_timestamp() WHERE task_id = @task AND status = 'pending' AND suspended_at IS NULL", new { task });
        await TaskEventStore.AppendAsync(connection, task, "task_suspended", new { By, RestoredTo = point });
    }

    // A call that was only planned at the restore point may have run after it.
    private static async Task<int> DoubtAsync(NpgsqlConnection connection, Guid task)
    {
        var calls = (await connection.QueryAsync<(string CallId, string Tool, int Attempt)>(
            """
            UPDATE navi.tool_calls SET status = 'in_doubt', finished_at = clock_timestamp()
            WHERE task_id = @task AND status IN ('planned', 'started') AND effect IN ('Probeable', 'Irreversible') RETURNING call_id, tool, attempt
            """, new { task })).ToList();
        foreach (var (callId, tool, attempt) in calls)
            await TaskEventStore.AppendAsync(connection, task, "call_finished", new { CallId = callId, Tool = tool, Attempt = attempt, Status = "in_doubt" });
        return calls.Count;
    }
}
