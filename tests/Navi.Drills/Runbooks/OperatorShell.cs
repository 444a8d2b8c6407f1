using System.Diagnostics;
using System.Text;

namespace Navi.Drills.Runbooks;

/// <summary>The shell of an operator: runs commands of the documents as they stand there, in an environment that the drill has prepared.</summary>
internal sealed class OperatorShell(string directory, IReadOnlyDictionary<string, string> environment)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Runs a block. As a person would, it is run again until it shows what it must: one of the section Verification for <paramref name="patience"/>, one of the section Diagnosis for a
    /// moment, since Prometheus forgets what a single scrape did not bring. What changes something is run once.
    /// </summary>
    public async Task<Shown> RunAsync(CommandBlock block, TimeSpan patience, CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        while (true)
        {
            string output;
            try
            {
                output = await RunAsync(block.Commands, cancellation);
            }
            catch (TimeoutException e)
            {
                return new Shown(block, e.Message, began.Elapsed, Fits: false);
            }
            var fits = Expectation.Fits(block.Expected ?? "", output);
            if (fits || began.Elapsed > (block.Section switch { OperatorDocument.Verification => patience, OperatorDocument.Diagnosis => Moment, _ => TimeSpan.Zero }))
                return new Shown(block, output, began.Elapsed, fits);
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Runs commands and returns what they printed.</summary>
    /// <exception cref="TimeoutException">They did not end; what they printed is in the message.</exception>
    public async Task<string> RunAsync(string commands, CancellationToken cancellation)
    {
        var info = new ProcessStartInfo("bash", ["-c", commands]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        foreach (var name in info.Environment.Keys.Where(IsOthers).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        var printed = new StringBuilder();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            await Task.WhenAll(ReadAsync(process.StandardOutput, printed, limit.Token), ReadAsync(process.StandardError, printed, limit.Token));
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"These commands did not end within {Longest.TotalSeconds:0} s:\n{commands}\nThey printed:\n{printed}");
        }
        return printed.ToString();
    }

    // What configures a NAVI, a PostgreSQL or a shell of whoever runs the drill must not configure this one.
    private static bool IsOthers(string name) =>
        name.StartsWith("NAVI", StringComparison.OrdinalIgnoreCase) || name.StartsWith("PG", StringComparison.Ordinal) || name.StartsWith("Navi__", StringComparison.OrdinalIgnoreCase) || name == "BASH_ENV";

    private static async Task ReadAsync(StreamReader reader, StringBuilder printed, CancellationToken cancellation)
    {
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            lock (printed)
                printed.Append(line).Append('\n');
        }
    }
}
