using System.Diagnostics;
using System.Globalization;
using System.Net;
using Navi.Drills.Tools;
using Navi.Platform.Data.Local;
using Npgsql;

namespace Navi.Drills.Restore;

/// <summary>The private cluster of an installation, which archives its write-ahead log, so that it can be brought back to any moment after a base backup (PostgreSQL: Continuous Archiving and Point-in-Time Recovery).</summary>
internal sealed class ArchivedCluster
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string home;

    private ArchivedCluster(string home) => this.home = home;

    /// <summary>Connection string of NAVI's database.</summary>
    public string ConnectionString { get; private set; } = "";

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(home, "postgres");

    private string Archive => Path.Combine(home, "archive");

    private string Backup => Path.Combine(home, "backup");

    /// <summary>Starts the cluster and switches archiving on.</summary>
    /// <param name="home">Home of the installation.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<ArchivedCluster> StartAsync(string home, CancellationToken cancellation)
    {
        var cluster = new ArchivedCluster(home);
        cluster.ConnectionString = await LocalCluster.StartAsync(new LocalClusterOptions(home), cancellation);
        foreach (var directory in new[] { cluster.Archive, cluster.Backup })
            await MakeAsync(directory, cancellation);
        await cluster.ExecuteAsync("ALTER SYSTEM SET archive_mode = on", cancellation);
        await cluster.ExecuteAsync($"ALTER SYSTEM SET archive_command = 'test ! -f {cluster.Archive}/%f && cp %p {cluster.Archive}/%f'", cancellation);
        await LocalCluster.StopAsync(home, cancellation);
        NpgsqlConnection.ClearAllPools();
        cluster.ConnectionString = await LocalCluster.StartAsync(new LocalClusterOptions(home), cancellation);
        return cluster;
    }

    /// <summary>Lets every login be reached over the network, too, with a password and without TLS; the server starts again.</summary>
    public async Task ListenAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        NpgsqlConnection.ClearAllPools();
        await AsServerAsync("sh", ["-c", "printf 'host all all %s/32 scram-sha-256\\n' \"$1\" >> \"$0/pg_hba.conf\"", Data, address.ToString()], cancellation);
        // What it was started with, of which the last has the last word: its program and directory stand before.
        var started = (await File.ReadAllTextAsync(Path.Combine(Data, "postmaster.opts"), cancellation)).Trim();
        var options = $"{started[started.IndexOf("\"-c\"", StringComparison.Ordinal)..]} \"-c\" \"listen_addresses={address}\" \"-c\" \"port={port}\"";
        await AsServerAsync(Program("pg_ctl"), ["-D", Data, "-m", "fast", "-w", "-l", Path.Combine(Data, "network.log"), "-o", options, "restart"], cancellation);
        ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { Port = port }.ConnectionString;
    }

    /// <summary>Takes a base backup while the cluster works.</summary>
    public Task BackUpAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnectionStringBuilder(ConnectionString);
        return AsServerAsync("env", [$"PGPASSWORD={connection.Password}", Program("pg_basebackup"), "-D", Backup, "-h", connection.Host!, "-U", connection.Username!, "-X", "none", "-c", "fast"], cancellation);
    }

    /// <summary>The database's clock, after everything that was committed before; its log up to here is in the archive.</summary>
    public async Task<DateTimeOffset> MarkAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var now = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        return new DateTimeOffset((DateTime)(await now.ExecuteScalarAsync(cancellation))!, TimeSpan.Zero);
    }

    /// <summary>Waits until what is committed now has been archived.</summary>
    public async Task ArchiveAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var name = new NpgsqlCommand("SELECT pg_walfile_name(pg_switch_wal())", connection);
        var file = Path.Combine(Archive, (string)(await name.ExecuteScalarAsync(cancellation))!);
        var waited = Stopwatch.StartNew();
        while (!File.Exists(file))
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException($"PostgreSQL did not archive {Path.GetFileName(file)} within {Patience.TotalSeconds:0} s.");
            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>Throws the cluster away as a disaster would, and brings it back to a moment from the base backup and the archive.</summary>
    /// <returns>How long it took until the database took writes.</returns>
    public async Task<TimeSpan> RestoreAsync(DateTimeOffset point, CancellationToken cancellation)
    {
        await AsServerAsync(Program("pg_ctl"), ["-D", Data, "-m", "immediate", "-w", "stop"], cancellation);
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(Data, recursive: true);
        var began = Stopwatch.StartNew();
        await RunAsync("cp", ["-a", Backup, Data], cancellation);
        var moment = point.ToString("yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
        await AsServerAsync("sh", ["-c", $"printf '%s\\n' \"$1\" \"$2\" \"$3\" >> \"$0/postgresql.auto.conf\" && touch \"$0/recovery.signal\"", Data, $"restore_command = 'cp {Archive}/%f %p'", $"recovery_target_time = '{moment}'", "recovery_target_action = 'promote'"], cancellation);
        ConnectionString = await LocalCluster.StartAsync(new LocalClusterOptions(home), cancellation);
        while (await ScalarAsync("SELECT pg_is_in_recovery()", cancellation) is true)
        {
            if (began.Elapsed > Patience)
                throw new TimeoutException($"PostgreSQL did not end its recovery within {Patience.TotalSeconds:0} s.");
            await Task.Delay(50, cancellation);
        }
        return began.Elapsed;
    }

    private static string Program(string name) => Path.Combine(PostgresBinaries.Find() ?? throw new InvalidOperationException($"PostgreSQL's programs are missing: {PostgresBinaries.InstallCommand}"), name);

    private async Task ExecuteAsync(string sql, CancellationToken cancellation) => await ScalarAsync(sql, cancellation);

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task MakeAsync(string directory, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (IsRoot)
            await RunAsync("chown", ["postgres:", directory], cancellation);
    }

    // PostgreSQL's programs refuse root.
    private static Task AsServerAsync(string program, string[] arguments, CancellationToken cancellation) =>
        IsRoot ? RunAsync("runuser", ["-u", "postgres", "--", program, .. arguments], cancellation) : RunAsync(program, arguments, cancellation);

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        var result = await Tool.RunAsync("/", program, arguments, cancellation);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments.Where(a => !a.StartsWith("PGPASSWORD=", StringComparison.Ordinal)))} ended with {result.ExitCode}: {result.Output}");
    }
}
