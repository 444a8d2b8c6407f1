using Npgsql;

namespace Navi.Testing;

/// <summary>An empty database for one test, dropped at its end.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string maintenance;
    private readonly string name;
    private readonly string? login;

    private TestDatabase(string maintenance, string name, string? login = null)
    {
        this.maintenance = maintenance;
        this.name = name;
        this.login = login;
        var connection = new NpgsqlConnectionStringBuilder(maintenance) { Database = name, Pooling = true, MaxPoolSize = 40 };
        if (login is not null)
            (connection.Username, connection.Password) = (login, Password);
        ConnectionString = connection.ConnectionString;
    }

    /// <summary>First password of a login of its own.</summary>
    public static string Password => "a-test's-own-login-0a1b2c3d";

    /// <summary>The login of its own; null when it is the cluster's superuser.</summary>
    public string? Login => login;

    /// <summary>Connection string of the database, with pooling.</summary>
    public string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var maintenance = await TestCluster.ConnectionStringAsync();
        var name = "t_" + Guid.NewGuid().ToString("n");
        await RunAsync(maintenance, $"CREATE DATABASE {name} STRATEGY file_copy");
        return new TestDatabase(maintenance, name);
    }

    /// <summary>As a deployment has it: a login of its own owns the database. It goes with the database.</summary>
    /// <param name="attributes">Of the login.</param>
    public static async Task<TestDatabase> CreateDeployedAsync(string attributes = "NOSUPERUSER NOBYPASSRLS CREATEROLE")
    {
        var maintenance = await TestCluster.ConnectionStringAsync();
        var name = "t_" + Guid.NewGuid().ToString("n");
        await RunAsync(maintenance, $"CREATE ROLE {name} LOGIN {attributes} PASSWORD '{Password.Replace("'", "''", StringComparison.Ordinal)}'");
        await RunAsync(maintenance, $"CREATE DATABASE {name} OWNER {name} STRATEGY file_copy");
        return new TestDatabase(maintenance, name, name);
    }

    /// <summary>Gives the login of its own another password; open connections stay.</summary>
    public Task SetPasswordAsync(string password) => RunAsync(maintenance, $"ALTER ROLE {login} PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'");

    /// <summary>Runs a statement in the database as the cluster's superuser and returns its first value.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(maintenance) { Database = name, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        return await command.ExecuteScalarAsync();
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
        if (login is not null)
            await RunAsync(maintenance, $"DROP ROLE IF EXISTS {login}");
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync();
    }
}
