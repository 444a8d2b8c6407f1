using System.Security.Cryptography;
using Npgsql;

namespace Navi.Platform.Data.Local;

/// <summary>
/// A private PostgreSQL cluster in NAVI's data directory, reachable only by a Unix socket and a generated password.
/// Made once, kept across runs, left running between them; several NAVI processes share it.
/// </summary>
public static class LocalCluster
{
    private const string Superuser = "navi";
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(3);

    /// <summary>Makes the cluster when there is none, starts it when it does not run, and returns a connection string to its database.</summary>
    /// <exception cref="LocalClusterException">No server programs, no user to run them as, or the server did not start; the message holds the remedy.</exception>
    public static async Task<string> StartAsync(LocalClusterOptions options, CancellationToken cancellation)
    {
        var binaries = PostgresBinaries.Find()
            ?? throw new LocalClusterException($"No PostgreSQL server programs were found. Install them: {PostgresBinaries.InstallCommand} — or set NAVI_DATABASE to a connection string.");
        var paths = new ClusterPaths(options.Home);
        MakeHome(paths.Home);
        await using var held = await HoldLockAsync(paths.Lock, cancellation);
        await MakeAsync(binaries, paths, cancellation);
        await RunServerAsync(binaries, paths, options, cancellation);
        return await MakeDatabaseAsync(paths, options, cancellation);
    }

    /// <summary>Stops the cluster under <paramref name="home"/>. Returns false when none was running.</summary>
    public static async Task<bool> StopAsync(string home, CancellationToken cancellation)
    {
        var paths = new ClusterPaths(home);
        if (PostgresBinaries.Find() is not { } binaries || !Directory.Exists(paths.Data))
            return false;
        await using var held = await HoldLockAsync(paths.Lock, cancellation);
        if (!await IsRunningAsync(binaries, paths, cancellation))
            return false;
        var (code, output) = await ServerCommand.RunAsync(Path.Combine(binaries, "pg_ctl"), ["-D", paths.Data, "-m", "fast", "-w", "-t", "60", "stop"], true, TimeSpan.FromSeconds(70), cancellation);
        return code == 0 ? true : throw new LocalClusterException($"PostgreSQL in '{paths.Data}' did not stop: {output}");
    }

    private static void MakeHome(string home)
    {
        try
        {
            // Root's cluster runs as another user, who must be able to pass through.
            var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            if (ServerCommand.IsRoot)
                mode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            Directory.CreateDirectory(home, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalClusterException($"The data directory '{home}' can't be made: {e.Message} Set NAVI_HOME to a directory you may write to.", e);
        }
    }

    private static async Task<FileStream> HoldLockAsync(string path, CancellationToken cancellation)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e)
            {
                if (waited.Elapsed > LockPatience)
                    throw new LocalClusterException($"Another process has held '{path}' for {LockPatience.TotalMinutes:0} minutes.", e);
                await Task.Delay(50, cancellation);
            }
        }
    }

    private static async Task MakeAsync(string binaries, ClusterPaths paths, CancellationToken cancellation)
    {
        if (File.Exists(Path.Combine(paths.Data, "PG_VERSION")))
            return;
        await RequireServerUserAsync(paths, cancellation);
        // Made under another name and renamed: a half-made cluster is never taken for a whole one.
        var unfinished = paths.Data + ".unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        await MakeOwnedDirectoryAsync(unfinished, cancellation);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var handed = Path.Combine(unfinished, "password");
        await WriteSecretAsync(paths.Password, password, cancellation);
        await WriteSecretAsync(handed, password, cancellation);
        await GiveToServerUserAsync(handed, cancellation);
        var cluster = Path.Combine(unfinished, "data");
        var (code, output) = await ServerCommand.RunAsync(
            Path.Combine(binaries, "initdb"),
            ["-D", cluster, "-U", Superuser, "--auth=scram-sha-256", $"--pwfile={handed}", "-E", "UTF8", "--locale=C.UTF-8"],
            true, TimeSpan.FromMinutes(2), cancellation);
        if (code != 0)
            throw new LocalClusterException($"initdb failed for '{paths.Data}': {output}");
        Directory.Move(cluster, paths.Data);
        Directory.Delete(unfinished, recursive: true);
    }

    private static async Task RunServerAsync(string binaries, ClusterPaths paths, LocalClusterOptions options, CancellationToken cancellation)
    {
        if (await IsRunningAsync(binaries, paths, cancellation))
            return;
        if (!Directory.Exists(paths.Sockets))
            await MakeOwnedDirectoryAsync(paths.Sockets, cancellation);
        var settings = new List<string>
        {
            "listen_addresses=", $"unix_socket_directories={paths.Sockets}", $"max_connections={options.MaxConnections}",
            // Frees the session locks of a killed NAVI process even while its backend runs a statement.
            "client_connection_check_interval=2000",
        };
        if (!options.Durable)
            settings.AddRange(["fsync=off", "full_page_writes=off", "synchronous_commit=off"]);
        var (code, output) = await ServerCommand.RunAsync(
            Path.Combine(binaries, "pg_ctl"),
            ["-D", paths.Data, "-w", "-t", $"{options.StartTimeout.TotalSeconds:0}", "-l", paths.Log, "-o", string.Join(' ', settings.Select(s => $"-c \"{s}\"")), "start"],
            true, options.StartTimeout + TimeSpan.FromSeconds(10), cancellation);
        if (code != 0)
            throw new LocalClusterException($"PostgreSQL in '{paths.Data}' did not start: {output} Its log is '{paths.Log}'.");
    }

    private static async Task<bool> IsRunningAsync(string binaries, ClusterPaths paths, CancellationToken cancellation) =>
        (await ServerCommand.RunAsync(Path.Combine(binaries, "pg_ctl"), ["-D", paths.Data, "status"], true, TimeSpan.FromSeconds(20), cancellation)).ExitCode == 0;

    private static async Task<string> MakeDatabaseAsync(ClusterPaths paths, LocalClusterOptions options, CancellationToken cancellation)
    {
        string password;
        try
        {
            password = (await File.ReadAllTextAsync(paths.Password, cancellation)).Trim();
        }
        catch (IOException e)
        {
            throw new LocalClusterException($"The cluster's password file '{paths.Password}' can't be read: {e.Message}", e);
        }
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = paths.Sockets, Port = 5432, Username = Superuser, Password = password, Database = "postgres", Pooling = false,
        };
        await using (var maintenance = new NpgsqlConnection(connection.ConnectionString))
        {
            await maintenance.OpenAsync(cancellation);
            await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", maintenance) { Parameters = { new() { Value = options.Database } } };
            if (await find.ExecuteScalarAsync(cancellation) is null)
            {
                await using var create = new NpgsqlCommand($"CREATE DATABASE \"{options.Database.Replace("\"", "\"\"")}\"", maintenance);
                await create.ExecuteNonQueryAsync(cancellation);
            }
        }
        connection.Database = options.Database;
        connection.Pooling = true;
        return connection.ConnectionString;
    }

    private static async Task RequireServerUserAsync(ClusterPaths paths, CancellationToken cancellation)
    {
        if (!ServerCommand.IsRoot)
            return;
        var (code, _) = await ServerCommand.RunAsync("id", [ServerCommand.ServerUser], false, TimeSpan.FromSeconds(10), cancellation);
        if (code != 0)
            throw new LocalClusterException($"PostgreSQL does not run as root and there is no user '{ServerCommand.ServerUser}' for '{paths.Data}'. Install it: {PostgresBinaries.InstallCommand}");
        var (enter, _) = await ServerCommand.RunAsync("test", ["-x", paths.Home], true, TimeSpan.FromSeconds(10), cancellation);
        if (enter != 0)
            throw new LocalClusterException($"The user '{ServerCommand.ServerUser}' may not enter '{paths.Home}'. Set NAVI_HOME to a directory that it may pass through, such as /var/lib/navi.");
    }

    private static async Task MakeOwnedDirectoryAsync(string directory, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await GiveToServerUserAsync(directory, cancellation);
    }

    private static async Task GiveToServerUserAsync(string path, CancellationToken cancellation)
    {
        if (!ServerCommand.IsRoot)
            return;
        var (code, output) = await ServerCommand.RunAsync("chown", [$"{ServerCommand.ServerUser}:", path], false, TimeSpan.FromSeconds(10), cancellation);
        if (code != 0)
            throw new LocalClusterException($"'{path}' could not be given to the user '{ServerCommand.ServerUser}': {output}");
    }

    private static async Task WriteSecretAsync(string path, string secret, CancellationToken cancellation)
    {
        File.Delete(path);
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(secret + "\n"), cancellation);
    }
}
