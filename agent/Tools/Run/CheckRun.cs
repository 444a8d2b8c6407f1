using System.Globalization;
using System.Text;
using Navi.Agent.Projects;
using Navi.Agent.Sandbox;

namespace Navi.Agent.Tools.Run;

/// <summary>Runs the commands of projects one after the other and reports each. A command that could not start says nothing about the code, and makes the result an error.</summary>
internal static class CheckRun
{
    private const int OutputLimit = 256 * 1024;
    private const int ShownOfEach = 6000;

    private static readonly string[] Missing = ["] Error 127", "no such command: ", "is not installed for the toolchain"];

    public static async Task<ToolResult> RunAsync(ToolContext context, IReadOnlyList<(string Directory, string Command)> commands, int seconds, string passed, string failed, CancellationToken cancellationToken)
    {
        var summary = new StringBuilder();
        var output = new StringBuilder();
        var runs = new List<object>();
        var started = true;
        foreach (var (directory, command) in commands)
        {
            var request = CommandRequest.Shell(command, context.Root, TimeSpan.FromSeconds(seconds)) with { OutputLimitBytes = OutputLimit, WorkingDirectory = directory.Length == 0 ? null : directory };
            var outcome = await context.Commands.RunAsync(request, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var state = outcome.Succeeded ? passed
                : outcome.TimedOut ? $"stopped after {seconds} s"
                : Lacks(outcome) ? "could not run"
                : failed;
            started &= state != "could not run";
            var place = directory.Length == 0 ? "" : $" in {directory}";
            summary.AppendLine(CultureInfo.InvariantCulture, $"`{command}`{place}: {state} (exit code {outcome.ExitCode})");
            output.Append(CultureInfo.InvariantCulture, $"\n--- output of `{command}`\n{BoundedText.Cut(outcome.Refused ?? outcome.Output, ShownOfEach)}\n");
            runs.Add(new { command, directory, state, exit_code = outcome.ExitCode, sandbox = outcome.Sandbox });
        }

        return new ToolResult(summary.Append(output).ToString(), IsError: !started, ToolText.Json(new { runs }));
    }

    // Behind make and cargo a program that is not there is an error of theirs.
    private static bool Lacks(CommandOutcome outcome) =>
        TestRunner.LacksEnvironment(outcome) || Missing.Any(m => outcome.Output.Contains(m, StringComparison.Ordinal));

    /// <summary>The commands of one directory, or all; an error result when there are none.</summary>
    public static ToolResult? None(string? directory, int found, string what, IEnumerable<string> elsewhere) => found > 0 ? null
        : ToolResult.Error($"No {what} was found{(directory is null ? "" : $" in '{BoundedText.Brief(directory)}'")}; {(elsewhere.Any() ? "there are: " + string.Join(", ", elsewhere) : "the repository asks for none")}.");
}
