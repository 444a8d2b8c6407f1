using System.ComponentModel;
using System.Diagnostics;

namespace Navi.Benchmarks.Durable.Peers;

/// <summary>Installs packages where nobody else looks for them.</summary>
internal static class Npm
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <param name="directory">Gets <c>node_modules</c>; made when missing.</param>
    /// <param name="packages">Names with exact versions, such as <c>name@1.2.3</c>.</param>
    /// <param name="cancellation">Ends npm, too.</param>
    /// <exception cref="InvalidOperationException">They can't be installed; the message says why.</exception>
    public static async Task InstallAsync(string directory, IReadOnlyList<string> packages, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        // Scripts of packages are not run: none of these needs its own.
        var info = new ProcessStartInfo("npm", ["install", "--prefix", directory, "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", .. packages])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory,
        };
        Process process;
        try
        {
            process = Process.Start(info)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"npm can't be started: {e.Message}", e);
        }
        using var running = process;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"npm did not end within {Patience.TotalMinutes:0} minutes.");
        }
        var printed = await said;
        if (process.ExitCode != 0) throw new InvalidOperationException($"npm ended with {process.ExitCode}: {string.Join(' ', (printed[1] + printed[0]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(4))}");
    }
}
