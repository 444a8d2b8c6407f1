using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Claims activity calls and writes their outcomes.</summary>
internal sealed class ActivityStore(NpgsqlDataSource dataSource)
{
    /// <summary>Claims up to <paramref name="count"/> calls that nobody has, oldest first.</summary>
    public async Task<IReadOnlyList<ClaimedActivity>> ClaimAsync(long worker, int count, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            """
            UPDATE durable.activities a SET worker_id = $1, epoch = a.epoch + 1, lease_until = NULL
            FROM (
              SELECT activity_id FROM durable.activities WHERE worker_id IS NULL
              ORDER BY activity_id LIMIT $2 FOR UPDATE SKIP LOCKED
            ) free, (SELECT worker_id FROM durable.workers WHERE worker_id = $1 FOR KEY SHARE) me
            WHERE a.activity_id = free.activity_id
            RETURNING a.activity_id, a.instance_id, a.incarnation, a.execution, a.task_id, a.name, a.version, a.input, a.epoch
            """,
            Rows.Number(worker),
            Rows.Number(count));
        var claimed = new List<ClaimedActivity>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new ClaimedActivity(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetInt32(3),
                reader.GetInt32(4),
                reader.GetString(5),
                reader.GetString(6),
                reader.TextOrNull(7),
                reader.GetInt64(8))
            {
                InputIsReference = Payloads.IsReference(reader.TextOrNull(7)),
            });
        }
        return claimed;
    }

    /// <summary>The call's input, read where it lies apart. Throws a <see cref="PostgresException"/> of the state <see cref="Payloads.Missing"/> when it is not there.</summary>
    public async Task<string?> InputAsync(ClaimedActivity activity, CancellationToken cancellationToken)
    {
        if (!activity.InputIsReference) return activity.Input;
        await using var command = dataSource.Command(Payloads.ByReference, Rows.Text(activity.InstanceId), Rows.Text(activity.Input));
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Takes the call off the list and puts its outcome into its orchestration's inbox.</summary>
    /// <returns>Whether it was written, which it is not when the claim was lost, and the worker that keeps the orchestration, if one does.</returns>
    public async Task<(bool Stored, long? Keeper)> CompleteAsync(ClaimedActivity activity, long worker, string? result, string? failure, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            $"""
            WITH done AS (
              DELETE FROM durable.activities WHERE activity_id = $1 AND worker_id = $2 AND epoch = $3
              RETURNING instance_id, incarnation, execution, task_id, name
            ), told AS (
              INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, name, payload, failure)
              SELECT d.instance_id, d.incarnation, d.execution, CASE WHEN $5::text IS NULL THEN 2 ELSE 3 END, d.task_id, d.name, {Payloads.Keep("d.instance_id", "$4")}, $5
              FROM done d JOIN durable.instances i USING (instance_id, incarnation, execution) WHERE i.status NOT IN (1, 3, 5)
            )
            SELECT i.worker_id FROM done d LEFT JOIN durable.instances i USING (instance_id, incarnation)
            """,
            Rows.Number(activity.ActivityId),
            Rows.Number(worker),
            Rows.Number(activity.Epoch),
            Rows.Text(result),
            Rows.Text(failure));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (true, reader.IsDBNull(0) ? null : reader.GetInt64(0)) : (false, null);
    }

    /// <summary>Those of the running calls that are still this worker's.</summary>
    public async Task<IReadOnlySet<long>> KeptAsync(long worker, IEnumerable<long> running, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            "SELECT activity_id FROM durable.activities WHERE worker_id = $1 AND activity_id = ANY($2)", Rows.Number(worker), Rows.Numbers(running));
        var kept = new HashSet<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) kept.Add(reader.GetInt64(0));
        return kept;
    }

    /// <summary>Everything that is claimed for this worker.</summary>
    public async Task<IReadOnlyList<ActivityClaim>> ClaimsAsync(long worker, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command("SELECT activity_id, epoch FROM durable.activities WHERE worker_id = $1", Rows.Number(worker));
        var claims = new List<ActivityClaim>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) claims.Add(new ActivityClaim(reader.GetInt64(0), reader.GetInt64(1)));
        return claims;
    }

    /// <summary>Hands calls back, to be claimed by anyone.</summary>
    public async Task ReleaseAsync(IReadOnlyList<ActivityClaim> claims, long worker, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            """
            UPDATE durable.activities a SET worker_id = NULL, lease_until = NULL FROM unnest($2, $3) AS g (activity_id, epoch)
            WHERE a.activity_id = g.activity_id AND a.worker_id = $1 AND a.epoch = g.epoch
            """,
            Rows.Number(worker),
            Rows.Numbers(claims.Select(claim => claim.ActivityId)),
            Rows.Numbers(claims.Select(claim => claim.Epoch)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
