using System.Diagnostics;
using Navi.Testing;

namespace Navi.EndToEnd.Tests.Benchmarks;

/// <summary>The benchmark program itself, in a temporary directory of its own.</summary>
internal sealed class BenchmarkProgram : IDisposable
{
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
        using var limit = new CancellationTokenSource(Wait.Patience);
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, said[0], said[1]);
    }

    public void Dispose() => temporary.Delete(recursive: true);
}
