using System.Diagnostics;
using Navi.Platform.Data.Local;
using Npgsql;

namespace Navi.Testing.Postgres;

/// <summary>A PostgreSQL cluster of a test's own, which it may restart under whoever works on it; it waits for the disk on commit, so nothing that was acknowledged may be lost. Gone afterwards.</summary>
public sealed class RestartableCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private RestartableCluster(string home, string connectionString)
    {
        Home = home;
        ConnectionString = connectionString;
    }

    /// <summary>Directory that goes with the cluster; the server's user may pass through it.</summary>
    public string Home { get; }

    /// <summary>The way to its database, with pooling, by a Unix socket.</summary>
    public string ConnectionString { get; }

    public static async Task<RestartableCluster> StartAsync(CancellationToken cancellation)
    {
        var home = Directory.CreateTempSubdirectory("navi-cluster-").FullName;
        File.SetUnixFileMode(home, File.GetUnixFileMode(home) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        try
        {
            return new RestartableCluster(home, await LocalCluster.StartAsync(new LocalClusterOptions(home), cancellation));
        }
        catch
        {
            Directory.Delete(home, recursive: true);
            throw;
        }
    }

    /// <summary>Restarts the server and waits until it answers.</summary>
    /// <param name="mode">As pg_ctl names it: <c>immediate</c> (a crash) or <c>fast</c> (it ends its connections first).</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task RestartAsync(string mode, CancellationToken cancellation)
    {
        var data = Path.Combine(Home, "postgres");
        string[] command = [Path.Combine(PostgresBinaries.Find()!, "pg_ctl"), "-D", data, "-m", mode, "-s", "-w", "-l", Path.Combine(data, "restarted.log"), "restart"];
        string[] all = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. command] : command;
        using var process = Process.Start(new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = "/" })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"pg_ctl ended with {process.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await LocalCluster.StopAsync(Home, CancellationToken.None);
        Directory.Delete(Home, recursive: true);
    }
}
