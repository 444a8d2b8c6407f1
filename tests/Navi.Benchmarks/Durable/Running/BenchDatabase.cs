using Npgsql;

namespace Navi.Benchmarks.Durable.Running;

/// <summary>A database of one part's own, so that no part inherits another's rows.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;

    private BenchDatabase(string server, string name)
    {
        this.server = server;
        this.name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <param name="server">Connection string of any database of the server.</param>
    /// <param name="name">Lower case letters, digits and underscores.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<BenchDatabase> MakeAsync(string server, string name, CancellationToken cancellation)
    {
        await ExecuteAsync(server, $"CREATE DATABASE {name}", cancellation);
        return new BenchDatabase(server, name);
    }

    /// <summary>Bytes of all tables of the schema <c>durable</c>, with indexes and values that lie apart.</summary>
    public Task<long> SchemaBytesAsync(CancellationToken cancellation) => ScalarAsync<long>(
        "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'durable' AND c.relkind IN ('r', 'p')", cancellation);

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (T)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Every part has ended what it started; what is still connected was killed.</summary>
    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync(server, $"DROP DATABASE {name} WITH (FORCE)", CancellationToken.None);
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
