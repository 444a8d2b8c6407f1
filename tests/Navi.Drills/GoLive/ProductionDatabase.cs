using System.Security.Cryptography;
using Navi.Drills.Restore;
using Navi.Drills.Staging;
using Navi.Platform.Data.Local;
using Npgsql;

namespace Navi.Drills.GoLive;

/// <summary>The database of a deployment: a server of its own whose log is archived and that is reached over the network, too, with a login for NAVI.</summary>
internal sealed class ProductionDatabase : IAsyncDisposable
{
    private const string Name = "navi_production";
    private const string Login = "navi_service";

    private readonly string home;
    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private ArchivedCluster? cluster;

    private ProductionDatabase(string home) => this.home = home;

    /// <summary>NAVI's own connection string.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(cluster!.ConnectionString) { Database = Name, Username = Login, Password = password }.ConnectionString;

    public static async Task<ProductionDatabase> StartAsync(string home, CancellationToken cancellation)
    {
        var database = new ProductionDatabase(home);
        try
        {
            await database.PrepareAsync(cancellation);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a statement as the server's administrator.</summary>
    public async Task<object?> SqlAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(cancellation);
        return await ExecuteAsync(connection, sql, cancellation);
    }

    /// <summary>Changes a setting of the server.</summary>
    public async Task SetAsync(string name, string value, CancellationToken cancellation)
    {
        await SqlAsync($"ALTER SYSTEM SET {name} = {value}", cancellation);
        await SqlAsync("SELECT pg_reload_conf()", cancellation);
    }

    /// <summary>A session of the server's administrator.</summary>
    public Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellation) => OpenAsync(new NpgsqlConnectionStringBuilder(cluster!.ConnectionString) { Database = Name }, cancellation);

    /// <summary>A session of NAVI's login that comes over the network without TLS.</summary>
    public Task<NpgsqlConnection> ConnectOverNetworkAsync(CancellationToken cancellation) =>
        OpenAsync(new NpgsqlConnectionStringBuilder(ConnectionString) { Host = NetworkAddress.Find()!.ToString(), SslMode = SslMode.Disable }, cancellation);

    /// <summary>Runs a statement in a session.</summary>
    public static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await LocalCluster.StopAsync(home, CancellationToken.None);
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        cluster = await ArchivedCluster.StartAsync(home, cancellation);
        if (NetworkAddress.Find() is { } address)
            await cluster.ListenAsync(address, FreePort.Take(), cancellation);
        await using (var connection = await OpenAsync(new NpgsqlConnectionStringBuilder(cluster.ConnectionString), cancellation))
        {
            foreach (var sql in new[] { $"CREATE ROLE {Login} LOGIN NOSUPERUSER NOBYPASSRLS CREATEROLE PASSWORD '{password}'", $"CREATE DATABASE {Name} OWNER {Login}", "ALTER SYSTEM SET log_min_duration_statement = '500ms'", "SELECT pg_reload_conf()" })
                await ExecuteAsync(connection, sql, cancellation);
        }
        await cluster.ArchiveAsync(cancellation);
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder given, CancellationToken cancellation)
    {
        given.Pooling = false;
        var connection = new NpgsqlConnection(given.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
