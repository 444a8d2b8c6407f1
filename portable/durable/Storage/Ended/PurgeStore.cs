using Microsoft.DurableTask.Client;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Removes ended instances.</summary>
internal sealed class PurgeStore(NpgsqlDataSource dataSource)
{
    public async Task<IReadOnlyList<string>> FindEndedAsync(PurgeInstancesFilter filter, int count, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            """
            SELECT instance_id FROM durable.instances
            WHERE status IN (1, 3, 5) AND ($1::timestamptz IS NULL OR created_at >= $1) AND ($2::timestamptz IS NULL OR created_at <= $2)
              AND ($3::integer[] IS NULL OR status = ANY($3))
            LIMIT $4
            """,
            Rows.Time(filter.CreatedFrom?.UtcDateTime),
            Rows.Time(filter.CreatedTo?.UtcDateTime),
            Rows.Statuses(filter.Statuses),
            Rows.Number(count));
        var ids = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) ids.Add(reader.GetString(0));
        return ids;
    }

    /// <summary>Removes those of the instances that have ended as one of the statuses says, and of their descendants when asked to; answers how many.</summary>
    /// <param name="statuses">Null for any.</param>
    public async Task<int> PurgeAsync(
        IReadOnlyList<string> ids, IEnumerable<OrchestrationRuntimeStatus>? statuses, bool recursive, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            """
            WITH RECURSIVE family AS (
              SELECT instance_id, incarnation, true AS named FROM durable.instances WHERE instance_id = ANY($1) AND status IN (1, 3, 5)
              UNION
              SELECT c.instance_id, c.incarnation, false FROM durable.instances c
              JOIN family p ON c.parent_id = p.instance_id AND c.parent_incarnation = p.incarnation
              WHERE $2 AND c.status IN (1, 3, 5)
            ), still AS MATERIALIZED (
              -- Looked at again under the row's lock: one of them may have been rewound or restarted meanwhile.
              SELECT i.instance_id FROM durable.instances i JOIN family f ON f.instance_id = i.instance_id AND f.incarnation = i.incarnation
              WHERE i.status IN (1, 3, 5) AND (NOT f.named OR $3::integer[] IS NULL OR i.status = ANY($3)) ORDER BY i.instance_id FOR UPDATE OF i
            ), gone AS MATERIALIZED (
              SELECT array_agg(DISTINCT instance_id) AS ids, count(DISTINCT instance_id) AS n FROM still
            )
            SELECT CASE WHEN n > 0 THEN (SELECT n FROM durable.drop_instances(ids)) ELSE 0 END FROM gone
            """,
            Rows.Texts(ids),
            Rows.Flag(recursive),
            Rows.Statuses(statuses));
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
