using System.Diagnostics;
using System.Globalization;

namespace Navi.Drills.Tools;

/// <summary>Programs, run to their end.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs <paramref name="program"/> in <paramref name="directory"/>.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public static async Task<ToolResult> RunAsync(string directory, string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory })!;
        return await EndAsync(process, Patience, cancellation);
    }

    /// <summary>Waits for the end of a program whose output is redirected.</summary>
    /// <exception cref="TimeoutException">It did not end; it was killed.</exception>
    public static async Task<ToolResult> EndAsync(Process process, TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return new ToolResult(process.ExitCode, string.Join('\n', said.Where(s => s.Length > 0)).TrimEnd());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end within {patience}.");
        }
    }

    /// <summary>Asks a program to end, and kills it when it has not ended after a while.</summary>
    public static async Task TerminateAsync(Process process, TimeSpan patience)
    {
        if (process.HasExited)
            return;
        using (var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])!)
            await term.WaitForExitAsync();
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
