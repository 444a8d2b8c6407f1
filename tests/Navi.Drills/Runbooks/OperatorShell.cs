using System.Diagnostics;
using System.Text;
using Navi.Drills.Tools;

namespace Navi.Drills.Runbooks;

/// <summary>The shell of an operator: runs commands of the documents as they stand there, in an environment that the drill has prepared.</summary>
internal sealed class OperatorShell(string directory, IReadOnlyDictionary<string, string> environment)
{
    // As a careful person reads a block: the first command that fails ends it, within a pipe too. A program that is told no more is wanted (141, SIGPIPE, as `sort | head` may) has not failed.
    private const string Before = "set -o pipefail; trap 'failed=$?; [ $failed -eq 141 ] || exit $failed' ERR\n";
    private const string After = "\nexit 0";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Runs a block. It fits when every command succeeds and all is printed that its document says. As a person would, it is run again until it shows what it must: one of the section Verification for <paramref name="patience"/>, one of the section Diagnosis for a
    /// moment, since Prometheus forgets what a single scrape did not bring. What changes something is run once.
    /// </summary>
    public async Task<Shown> RunAsync(CommandBlock block, TimeSpan patience, CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        while (true)
        {
            ToolResult result;
            try
            {
                result = await RunAsync(block.Commands, cancellation);
            }
            catch (TimeoutException e)
            {
                return new Shown(block, e.Message, null, began.Elapsed, Fits: false);
            }
            var fits = result.ExitCode == 0 && Expectation.Fits(block.Expected ?? "", result.Output);
            if (fits || began.Elapsed > (block.Section switch { OperatorDocument.Verification => patience, OperatorDocument.Diagnosis => Moment, _ => TimeSpan.Zero }))
                return new Shown(block, result.Output, result.ExitCode, began.Elapsed, fits);
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Runs commands until one of them fails, and returns its exit code, or 0, with what they printed.</summary>
    /// <exception cref="TimeoutException">They did not end; what they printed is in the message.</exception>
    public async Task<ToolResult> RunAsync(string commands, CancellationToken cancellation)
    {
        // .NET ignores SIGPIPE and hands that on, a terminal does not: `sort | head` would end with an error here and not there.
        var info = new ProcessStartInfo("env", ["--default-signal=PIPE", "bash", "-c", Before + commands + After]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
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
        return new ToolResult(process.ExitCode, printed.ToString());
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
