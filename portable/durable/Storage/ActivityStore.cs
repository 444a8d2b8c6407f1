using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Claims activity calls and writes their outcomes.</summary>
internal sealed class ActivityStore(NpgsqlDataSource dataSource)
{
    /// <summary>Claims up to <paramref name="count"/> calls that nobody has, oldest first.</summary>
    public async Task<IReadOnlyList<ClaimedActivity>> ClaimAsync(long worker, int count, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            """
            UPDATE durable.activities a SET worker_id = $1, epoch = a.epoch + 1, lease_until = now() + $3
            FROM (
              SELECT activity_id FROM durable.activities WHERE worker_id IS NULL
              ORDER BY activity_id LIMIT $2 FOR UPDATE SKIP LOCKED
            ) free, (SELECT worker_id FROM durable.workers WHERE worker_id = $1 FOR KEY SHARE) me
            WHERE a.activity_id = free.activity_id
            RETURNING a.activity_id, a.instance_id, a.task_id, a.name, a.version, a.input, a.epoch
            """,
            Rows.Number(worker),
            Rows.Number(count),
            Rows.Duration(lease));
        var claimed = new List<ClaimedActivity>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new ClaimedActivity(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetInt32(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.TextOrNull(5),
                reader.GetInt64(6)));
        }
        return claimed;
    }

    /// <summary>Takes the call off the list and tells its orchestration; false when the claim was lost and nothing is written.</summary>
    public async Task<bool> CompleteAsync(ClaimedActivity activity, long worker, string? result, string? failure, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            """
            WITH done AS (
              DELETE FROM durable.activities WHERE activity_id = $1 AND worker_id = $2 AND epoch = $3
              RETURNING instance_id, incarnation, execution, task_id, name
            ), told AS (
              INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, name, payload, failure)
              SELECT d.instance_id, d.incarnation, d.execution, CASE WHEN $5::text IS NULL THEN 2 ELSE 3 END, d.task_id, d.name, $4, $5
              FROM done d JOIN durable.instances i USING (instance_id, incarnation, execution) WHERE i.status NOT IN (1, 3, 5)
            )
            SELECT count(*) FROM done
            """,
            Rows.Number(activity.ActivityId),
            Rows.Number(worker),
            Rows.Number(activity.Epoch),
            Rows.Text(result),
            Rows.Text(failure));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
    }

    /// <summary>Extends the leases of running calls; answers those that are still this worker's.</summary>
    public async Task<IReadOnlySet<long>> RenewAsync(long worker, IEnumerable<long> running, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            "UPDATE durable.activities SET lease_until = now() + $3 WHERE worker_id = $1 AND activity_id = ANY($2) RETURNING activity_id",
            Rows.Number(worker),
            Rows.Numbers(running),
            Rows.Duration(lease));
        var kept = new HashSet<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) kept.Add(reader.GetInt64(0));
        return kept;
    }

    /// <summary>Hands a call back, to be claimed by anyone.</summary>
    public async Task ReleaseAsync(ClaimedActivity activity, long worker, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            "UPDATE durable.activities SET worker_id = NULL, lease_until = NULL WHERE activity_id = $1 AND worker_id = $2 AND epoch = $3",
            Rows.Number(activity.ActivityId),
            Rows.Number(worker),
            Rows.Number(activity.Epoch));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Hands back claims of this worker that it is not working on: left over from an answer that got lost.</summary>
    public async Task ReleaseAllExceptAsync(long worker, IEnumerable<long> running, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            "UPDATE durable.activities SET worker_id = NULL, lease_until = NULL WHERE worker_id = $1 AND activity_id <> ALL($2)",
            Rows.Number(worker),
            Rows.Numbers(running));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
