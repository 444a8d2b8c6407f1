using System.Diagnostics;
using Navi.Drills.Tools;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.Drills.Rollback;

/// <summary>A build of NAVI's command and the environment in which its processes run; each has a home and a token of its own.</summary>
/// <param name="program">Its navi.dll.</param>
/// <param name="place">A directory for what its processes keep.</param>
/// <param name="database">Connection string of the database that releases share.</param>
/// <param name="probe">A repository for the probe.</param>
/// <param name="keys">The directory of the installation's wrapping key, which is <see cref="KeyId"/>.</param>
internal sealed class Release(string program, string place, string database, string probe, string keys)
{
    public const string KeyId = "drill";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>This build, as it lies beside the drill.</summary>
    public static string ThisProgram => Path.Combine(AppContext.BaseDirectory, "navi.dll");

    /// <summary>Runs a command to its end.</summary>
    public async Task<ToolResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation, IReadOnlyDictionary<string, string>? more = null)
    {
        using var process = Process.Start(Info(arguments, more))!;
        process.StandardInput.Close();
        return await Tool.EndAsync(process, Patience, cancellation);
    }

    /// <summary>Serves; does a task to its end and passes the smoke test of this build.</summary>
    /// <returns>What is wrong; empty when all is well.</returns>
    public async Task<IReadOnlyList<string>> WorksAsync(Func<Service, Task<IReadOnlyList<string>>>? meanwhile, CancellationToken cancellation)
    {
        await using var service = await Service.StartAsync(Info(["up", "--port", "0"], null), Path.Combine(place, "config", "token"));
        var task = await service.FinishedAsync(await service.CreateTaskAsync(probe, "run the tests"));
        var stopped = task.GetProperty("stop_reason").GetString();
        var smoke = await new Release(ThisProgram, place, database, probe, keys).RunAsync(["smoke", "--url", service.Http.BaseAddress!.ToString()], cancellation, new Dictionary<string, string> { ["NAVI_TOKEN"] = await TokenAsync(cancellation) });
        List<string> problems = [.. stopped == "completed" ? [] : new[] { $"the task ended as {stopped}" }, .. smoke.ExitCode == 0 ? [] : new[] { smoke.Output }];
        return meanwhile is null ? problems : [.. problems, .. await meanwhile(service)];
    }

    /// <summary>The log of its processes.</summary>
    public string Log => File.ReadAllText(Path.Combine(place, "home", "logs", "navi.log"));

    private async Task<string> TokenAsync(CancellationToken cancellation) => (await File.ReadAllTextAsync(Path.Combine(place, "config", "token"), cancellation)).Trim();

    private ProcessStartInfo Info(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? more)
    {
        var info = new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = SourceTree.Root,
        };
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("NAVI_", StringComparison.Ordinal) || k.StartsWith("Navi__", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        info.Environment["NAVI_HOME"] = Path.Combine(place, "home");
        info.Environment["NAVI_CONFIG_HOME"] = Path.Combine(place, "config");
        info.Environment["NAVI_DATABASE"] = database;
        info.Environment["NO_COLOR"] = "1";
        (info.Environment["Navi__Encryption__KeyDirectory"], info.Environment["Navi__Encryption__KeyId"]) = (keys, KeyId);
        info.Environment["Navi__Probe__Repository"] = probe;
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            info.Environment[name] = value;
        return info;
    }
}
