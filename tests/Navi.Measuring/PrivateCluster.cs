using Navi.Platform.Data.Local;
using Npgsql;

namespace Navi.Measuring;

/// <summary>A PostgreSQL cluster of a benchmark's own, with the settings of a private cluster of NAVI (it waits for the disk on commit); gone afterwards.</summary>
internal sealed class PrivateCluster : IAsyncDisposable
{
    private PrivateCluster(string home, string connectionString)
    {
        Home = home;
        ConnectionString = connectionString;
    }

    /// <summary>Directory that goes with the cluster.</summary>
    public string Home { get; }

    public string ConnectionString { get; }

    public static async Task<PrivateCluster> StartAsync(CancellationToken cancellation)
    {
        var home = Directory.CreateTempSubdirectory("navi-bench-").FullName;
        // As root the server runs as another user, who must be able to pass through.
        File.SetUnixFileMode(home, File.GetUnixFileMode(home) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        try
        {
            return new PrivateCluster(home, await LocalCluster.StartAsync(new LocalClusterOptions(home), cancellation));
        }
        catch
        {
            await EndAsync(home);
            throw;
        }
    }

    public async Task<string> VersionAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection.PostgreSqlVersion.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await EndAsync(Home);
    }

    private static async Task EndAsync(string home)
    {
        try
        {
            await LocalCluster.StopAsync(home, CancellationToken.None);
        }
        catch (LocalClusterException)
        {
            // A signal to the whole process group ends the program that was stopping the server, too: once more.
            await LocalCluster.StopAsync(home, CancellationToken.None);
        }
        Directory.Delete(home, recursive: true);
    }
}
