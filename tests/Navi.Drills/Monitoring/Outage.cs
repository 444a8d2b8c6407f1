using Navi.Platform.Data.Local;
using Npgsql;

namespace Navi.Drills.Monitoring;

/// <summary>A private cluster's database that nobody may use for a while, as when its server fails.</summary>
internal static class Outage
{
    /// <summary>Closes the database, does <paramref name="meanwhile"/>, and opens it again.</summary>
    public static async Task DuringAsync(string home, Func<Task> meanwhile, CancellationToken cancellation)
    {
        var own = new NpgsqlConnectionStringBuilder(await LocalCluster.StartAsync(new LocalClusterOptions(home), cancellation));
        var database = own.Database!;
        var maintenance = new NpgsqlConnectionStringBuilder(own.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        await RunAsync(maintenance, $"ALTER DATABASE {database} ALLOW_CONNECTIONS false", cancellation);
        try
        {
            await RunAsync(maintenance, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'", cancellation);
            await meanwhile();
        }
        finally
        {
            await RunAsync(maintenance, $"ALTER DATABASE {database} ALLOW_CONNECTIONS true", CancellationToken.None);
        }
    }

    private static async Task RunAsync(string connectionString, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
