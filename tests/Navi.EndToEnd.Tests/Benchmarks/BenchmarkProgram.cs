using System.Diagnostics;
using System.Globalization;

namespace Navi.EndToEnd.Tests.Benchmarks;

/// <summary>The benchmark program itself, in a temporary directory of its own.</summary>
internal sealed class BenchmarkProgram : IDisposable
{
    // It starts a database, two services and whole tasks, on a machine that may have other work.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo temporary = Directory.CreateTempSubdirectory("navi-bench-test-");

    public BenchmarkProgram() =>
        File.SetUnixFileMode(temporary.FullName, temporary.UnixFileMode | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    /// <summary>A path in the directory.</summary>
    public string Place(string name) => Path.Combine(temporary.FullName, name);

    /// <summary>What benchmarks have left behind.</summary>
    public IEnumerable<string> Left => Directory.EnumerateFileSystemEntries(temporary.FullName, "navi-bench-*");

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Navi.Benchmarks.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["TMPDIR"] = temporary.FullName;
        using var process = Process.Start(info)!;
        using var limit = new CancellationTokenSource(Patience);
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Told to end it takes everything with it that it has started.
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])!;
            await process.WaitForExitAsync();
            var printed = await said;
            throw new TimeoutException($"The benchmark did not end within {Patience}. It printed:\n{printed[0]}\n{printed[1]}");
        }
        return (process.ExitCode, (await said)[0], (await said)[1]);
    }

    public void Dispose() => temporary.Delete(recursive: true);
}
