using System.Diagnostics;
using System.Reflection;

namespace Navi.DeploymentChecks.Bicep;

/// <summary>The Bicep compiler of the NuGet package, which carries the types of all Azure resources; it needs no network.</summary>
internal static class BicepCli
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static string Program { get; } = typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "BicepCli").Value!;

    /// <summary>Runs it to its end.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="variables">What readEnvironmentVariable finds.</param>
    /// <param name="arguments">Command and options.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="TimeoutException">It did not end within three minutes.</exception>
    public static async Task<BicepRun> RunAsync(string directory, IEnumerable<KeyValuePair<string, string>> variables, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        // Packages are unpacked without run bits.
        var mode = File.GetUnixFileMode(Program);
        if (!mode.HasFlag(UnixFileMode.UserExecute))
            File.SetUnixFileMode(Program, mode | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return new BicepRun(process.ExitCode, said[0], said[1]);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"bicep {string.Join(' ', arguments)} did not end within {Patience}.");
        }
    }
}
