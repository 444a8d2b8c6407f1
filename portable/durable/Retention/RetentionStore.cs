using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Removes what has been kept long enough.</summary>
internal sealed class RetentionStore(NpgsqlDataSource dataSource)
{
    // Second half of the key; the first is that of this runtime's locks. Workers' numbers count up from 1.
    private const int Lock = -1;

    /// <summary>
    /// Removes up to <paramref name="most"/> instances that ended longer ago than <paramref name="age"/>, the oldest first, those with a
    /// parent that still runs excepted. Answers how many; null when another worker is at it.
    /// </summary>
    public async Task<int?> PurgeAsync(TimeSpan age, int most, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock(durable.worker_lock(), {Lock})", connection, transaction))
        {
            if (!(bool)(await take.ExecuteScalarAsync(cancellationToken))!) return null;
        }
        await using var purge = new NpgsqlCommand(
            """
            WITH old AS MATERIALIZED (
              SELECT i.instance_id FROM durable.instances i
              WHERE i.completed_at < now() - $1 AND i.status IN (1, 3, 5) AND NOT EXISTS (
                SELECT 1 FROM durable.instances p
                WHERE p.instance_id = i.parent_id AND p.incarnation = i.parent_incarnation AND p.status NOT IN (1, 3, 5))
              ORDER BY i.completed_at LIMIT $2 FOR UPDATE OF i SKIP LOCKED
            ), gone AS MATERIALIZED (
              SELECT array_agg(instance_id) AS ids, count(*) AS n FROM old
            )
            SELECT CASE WHEN n > 0 THEN (SELECT n FROM durable.drop_instances(ids)) ELSE 0 END FROM gone
            """,
            connection,
            transaction)
        {
            Parameters = { Rows.Duration(age), Rows.Number(most) },
        };
        var purged = (int)(long)(await purge.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return purged;
    }
}
