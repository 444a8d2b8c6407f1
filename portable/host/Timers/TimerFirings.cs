using Npgsql;

namespace Navi.Portable.Host.Timers;

/// <summary>The table that decides which process fires an occurrence: the one whose row is inserted.</summary>
internal sealed class TimerFirings(NpgsqlDataSource database)
{
    /// <summary>The database's clock, the only one that all processes share.</summary>
    public async Task<DateTime> NowAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT clock_timestamp()");
        return (DateTime)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The latest occurrence that any process fired; null before the first one.</summary>
    public async Task<DateTime?> LastAsync(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT max(occurrence) FROM durable.timer_firings WHERE name = $1");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancellation) as DateTime?;
    }

    /// <summary>True for the one process that may fire the occurrence.</summary>
    public async Task<bool> ClaimAsync(string name, DateTime occurrence, CancellationToken cancellation)
    {
        // A process that slept past later firings must not claim an occurrence whose row is pruned already.
        await using var command = database.CreateCommand(
            """
            INSERT INTO durable.timer_firings (name, occurrence)
            SELECT $1, $2 WHERE NOT EXISTS (SELECT FROM durable.timer_firings WHERE name = $1 AND occurrence > $2)
            ON CONFLICT DO NOTHING
            """);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = occurrence });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Removes rows too old for a late process to claim them again; the latest one stays.</summary>
    public async Task PruneAsync(string name, DateTime latest, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("DELETE FROM durable.timer_firings WHERE name = $1 AND occurrence < $2 - interval '1 day'");
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = latest });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
