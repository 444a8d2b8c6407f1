using System.Diagnostics;
using Navi.Testing;

namespace Navi.EndToEnd.Tests.Support;

/// <summary>A NAVI of its own: home, configuration and database, thrown away at the end. Processes are the real <c>navi</c>.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly List<Service> services = [];
    private readonly string root;

    private Installation(string root, TestDatabase database)
    {
        this.root = root;
        Database = database;
    }

    public TestDatabase Database { get; }

    public string Home => Path.Combine(root, "home");

    public string ConfigHome => Path.Combine(root, "config");

    /// <summary>Further environment of every process, such as Navi__Agent__CheckpointLifetime.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public static async Task<Installation> CreateAsync()
    {
        var root = Directory.CreateTempSubdirectory("navi-e2e-").FullName;
        return new Installation(root, await TestDatabase.CreateAsync());
    }

    /// <summary>A directory below this installation, for a repository.</summary>
    public string Place(string name) => Path.Combine(root, name);

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
        await Database.DisposeAsync();
        try
        {
            Directory.Delete(root, recursive: true);
        }
        catch (IOException)
        {
            // A tree that a test made unreadable or mounted over is left to the system's temporary directory.
        }
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
        info.Environment["NAVI_DATABASE"] = Database.ConnectionString;
        info.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in Environment)
            info.Environment[name] = value;
        return info;
    }
}
