using System.Diagnostics;

namespace Navi.Cli.Doctor;

/// <summary>Runs a small program to see whether it works.</summary>
internal static class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Exit code and first line of what it printed; null when it can't be started or does not end.</summary>
    public static async Task<(int ExitCode, string FirstLine)?> RunAsync(string program, string[] arguments, CancellationToken cancellation) =>
        await OutputAsync(program, arguments, cancellation) is { } answer ? (answer.ExitCode, answer.Output.Trim().Split('\n')[0]) : null;

    /// <summary>Exit code and all that it printed; null when it can't be started or does not end.</summary>
    public static async Task<(int ExitCode, string Output)?> OutputAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(limit.Token);
                var error = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return (process.ExitCode, await output + await error);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
