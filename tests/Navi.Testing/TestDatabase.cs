using Npgsql;

namespace Navi.Testing;

/// <summary>An empty database for one test, dropped at its end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string maintenance;
    private readonly string name;

    private TestDatabase(string maintenance, string name)
    {
        this.maintenance = maintenance;
        this.name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(maintenance) { Database = name, Pooling = true, MaxPoolSize = 40 }.ConnectionString;
    }

    /// <summary>Connection string of the database, with pooling.</summary>
    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var maintenance = await TestCluster.ConnectionStringAsync();
        var name = "t_" + Guid.NewGuid().ToString("n");
        await RunAsync(maintenance, $"CREATE DATABASE {name} STRATEGY file_copy");
        return new TestDatabase(maintenance, name);
    }

    /// <summary>Ends every connection to the database, as a failing server would.</summary>
    public Task DropConnectionsAsync() =>
        RunAsync(maintenance, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");

    /// <summary>Lets the database be reached or not; not reached means that open connections end, too.</summary>
    public async Task AdmitAsync(bool anybody)
    {
        await RunAsync(maintenance, $"ALTER DATABASE {name} ALLOW_CONNECTIONS {anybody}");
        if (!anybody)
            await DropConnectionsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await using (var data = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(data);
        await RunAsync(maintenance, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }
}
