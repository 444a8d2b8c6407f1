using System.Globalization;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Who works on this database, and what becomes of the work of those who don't any more.</summary>
internal sealed class WorkerStore(NpgsqlDataSource dataSource)
{
    public const string Channel = "navi_durable";

    /// <summary>Makes a row for a new worker and takes its lock on this connection, before anyone else can see the row.</summary>
    public static async Task<long> RegisterAsync(NpgsqlConnection connection, string name, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            WITH made AS (INSERT INTO durable.workers (name, lease_until) VALUES ($1, now() + $2) RETURNING worker_id)
            SELECT worker_id, pg_advisory_lock(durable.worker_lock(), worker_id::integer) FROM made
            """,
            connection,
            transaction)
        {
            Parameters = { Rows.Text(name), Rows.Duration(lease) },
        };
        var id = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return id;
    }

    /// <summary>Takes the lock of a worker again after its connection was lost; false when others have given its work away meanwhile.</summary>
    public static async Task<bool> ResumeAsync(NpgsqlConnection connection, long worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE durable.workers SET lease_until = now() + $2
            WHERE worker_id = $1 AND pg_try_advisory_lock(durable.worker_lock(), $1::integer)
            """,
            connection)
        {
            Parameters = { Rows.Number(worker), Rows.Duration(lease) },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Extends the worker's lease; false when others have buried it.</summary>
    public async Task<bool> RenewAsync(long worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command("UPDATE durable.workers SET lease_until = now() + $2 WHERE worker_id = $1", Rows.Number(worker), Rows.Duration(lease));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Frees the work of workers whose lock is gone or whose lease has run out. Answers how many there were.</summary>
    /// <param name="byLease">Whether leases count: not after a time in which nobody could renew one.</param>
    public async Task<int> ReapAsync(long worker, bool byLease, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Locking the row waits for claims that the dead worker's server process still commits; the statements below then see them.
        // A restarted server has freed all locks at once: its workers get two seconds to take theirs again.
        await using var find = new NpgsqlCommand(
            """
            SELECT worker_id FROM durable.workers
            WHERE worker_id <> $1 AND clock_timestamp() > pg_postmaster_start_time() + interval '2 seconds'
              AND ($2 AND lease_until < now() OR pg_try_advisory_xact_lock(durable.worker_lock(), worker_id::integer))
            FOR UPDATE
            """,
            connection,
            transaction)
        {
            Parameters = { Rows.Number(worker), Rows.Flag(byLease) },
        };
        var dead = new List<long>();
        await using (var reader = await find.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken)) dead.Add(reader.GetInt64(0));
        }
        if (dead.Count == 0) return 0;
        await using var free = new NpgsqlBatch(connection, transaction);
        // Instances first: what a turn still commits of them is waited for, and the activities that it claims are seen.
        free.Add("UPDATE durable.instances SET worker_id = NULL, lease_until = NULL WHERE worker_id = ANY($1)", Rows.Numbers(dead));
        free.Add("UPDATE durable.activities SET worker_id = NULL, lease_until = NULL WHERE worker_id = ANY($1)", Rows.Numbers(dead));
        free.Add("DELETE FROM durable.workers WHERE worker_id = ANY($1)", Rows.Numbers(dead));
        await free.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return dead.Count;
    }

    /// <summary>A worker's orderly end: everything it still holds is free for others.</summary>
    public async Task UnregisterAsync(long worker, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("UPDATE durable.instances SET worker_id = NULL, lease_until = NULL WHERE worker_id = $1", Rows.Number(worker));
        batch.Add("UPDATE durable.activities SET worker_id = NULL, lease_until = NULL WHERE worker_id = $1", Rows.Number(worker));
        batch.Add("DELETE FROM durable.workers WHERE worker_id = $1", Rows.Number(worker));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Wakes the workers of other processes; a statement of its own, because inside a transaction it would put all commits in a row.</summary>
    /// <param name="sender">The worker that says so, which need not hear it; null for a process without one.</param>
    public async Task NotifyAsync(long? sender, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command($"SELECT pg_notify('{Channel}', $1)", Rows.Text(sender?.ToString(CultureInfo.InvariantCulture) ?? string.Empty));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Removes messages whose instance has ended or is gone, and large payloads whose instance is: they came while it did. Frees what is claimed by a worker that does not exist,
    /// since a start that was on its way when its worker was buried may come after; and claims of workers of earlier releases whose own leases are over.
    /// </summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(
            """
            DELETE FROM durable.inbox m WHERE m.visible_at < now() - interval '1 minute' AND NOT EXISTS (
              SELECT 1 FROM durable.instances i WHERE i.instance_id = m.instance_id AND i.incarnation = m.incarnation AND i.status NOT IN (1, 3, 5))
            """);
        batch.Add(Payloads.ForgetOrphans);
        foreach (var table in (string[])["instances", "activities"])
        {
            batch.Add(
                $"""
                UPDATE durable.{table} t SET worker_id = NULL, lease_until = NULL WHERE t.worker_id IS NOT NULL
                  AND (t.lease_until < now() OR NOT EXISTS (SELECT 1 FROM durable.workers w WHERE w.worker_id = t.worker_id))
                """);
        }
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
