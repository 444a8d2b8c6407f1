using Npgsql;

namespace Navi.LoadTests.Watching;

/// <summary>Looks at pg_stat_activity through a connection of its own, and at sizes.</summary>
internal sealed class DatabaseWatch : IAsyncDisposable
{
    private const string Name = "navi-load-watch";
    private readonly NpgsqlDataSource source;

    public DatabaseWatch(string connectionString) =>
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 2, ApplicationName = Name });

    /// <summary>The server's first process.</summary>
    public async Task<int> ServerAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(@"SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int");
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Connections of each pool now.</summary>
    public async Task<IReadOnlyList<DatabaseSample>> PoolsAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            """
            SELECT application_name, count(*)::int, (count(*) FILTER (WHERE state <> 'idle'))::int
            FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> 'navi-load-watch' GROUP BY 1
            """);
        var found = new List<DatabaseSample>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add(new DatabaseSample(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2)));
        return found;
    }

    /// <summary>What busy connections wait for now; <c>CPU</c> for those that wait for nothing.</summary>
    public async Task<IReadOnlyList<string>> WaitsAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            """
            SELECT coalesce(wait_event_type || ':' || wait_event, 'CPU')
            FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> 'navi-load-watch' AND state = 'active'
            """);
        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.GetString(0));
        return found;
    }

    /// <summary>Bytes of all tables of a schema, with indexes and values that lie apart.</summary>
    public async Task<long> BytesAsync(string schema, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r'");
        command.Parameters.Add(new() { Value = schema });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
