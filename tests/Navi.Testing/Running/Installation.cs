using System.Diagnostics;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Data.Local;

namespace Navi.Testing.Running;

/// <summary>A NAVI of its own: home, configuration and database, thrown away at the end. Processes are the real <c>navi</c>.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly List<Service> services = [];
    private readonly string root;
    private readonly TestDatabase? database;

    private Installation(string root, TestDatabase? database)
    {
        this.root = root;
        this.database = database;
    }

    public TestDatabase Database => database ?? throw new InvalidOperationException("This installation has a private cluster.");

    public string Home => Path.Combine(root, "home");

    public string ConfigHome => Path.Combine(root, "config");

    /// <summary>Further environment of every process, such as Navi__Agent__CheckpointLifetime.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public static async Task<Installation> CreateAsync() => new(MakeRoot(), await TestDatabase.CreateAsync());

    /// <summary>As a stranger has it: no database given, so NAVI makes its own cluster.</summary>
    public static Installation CreateWithPrivateCluster() => new(MakeRoot(), null);

    /// <summary>A directory below this installation, for a repository.</summary>
    public string Place(string name) => Path.Combine(root, name);

    /// <summary>The application's own way into the database, to leave what a dead process left.</summary>
    public NaviDatabase OpenDatabase() => new(Options.Create(new DatabaseOptions { ConnectionString = Database.ConnectionString }));

    /// <summary>Runs one command to its end.</summary>
    public async Task<Ended> RunAsync(string[] arguments, string? input = null, string? directory = null, TimeSpan? patience = null)
    {
        using var process = Process.Start(Info(arguments, directory))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"navi {string.Join(' ', arguments)} did not end. It printed:\n{await output}\n{await errors}");
        }
        return new Ended(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts <c>navi up</c> and waits until it serves.</summary>
    public async Task<Service> UpAsync()
    {
        var service = await Service.StartAsync(Info(["up", "--port", "0"], null), Path.Combine(ConfigHome, "token"));
        services.Add(service);
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services)
            await service.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        else
            await LocalCluster.StopAsync(Home, CancellationToken.None);
        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (IOException)
        {
            // A tree that a test made unreadable or mounted over is left to the system's temporary directory.
        }
    }

    private static string MakeRoot()
    {
        var root = Directory.CreateTempSubdirectory("navi-e2e-").FullName;
        // The private cluster's own user must be able to pass through.
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return root;
    }

    private ProcessStartInfo Info(string[] arguments, string? directory)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "navi.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory ?? root,
        };
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("NAVI_", StringComparison.Ordinal) || k.StartsWith("Navi__", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        info.Environment["NAVI_HOME"] = Home;
        info.Environment["NAVI_CONFIG_HOME"] = ConfigHome;
        if (database is not null)
            info.Environment["NAVI_DATABASE"] = database.ConnectionString;
        info.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in Environment)
            info.Environment[name] = value;
        return info;
    }
}
