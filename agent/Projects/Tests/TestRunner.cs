using Navi.Agent.Sandbox;

namespace Navi.Agent.Projects;

/// <summary>Runs the tests of detected projects in the sandbox and says what they really showed.</summary>
internal sealed class TestRunner(CommandRunner commands)
{
    private const int OutputLimit = 512 * 1024;
    private const int NoTestsCollected = 5;

    // Signs that the environment lacks something, when no test was counted: the project's code is not to blame.
    private static readonly string[] Missing =
    [
        "No module named pytest", "NU1101", "NU1102", "NU1301", "ENOTCACHED", " in offline mode", "no matching package named", "you may want to try without the --offline",
        "Could not resolve host", "module lookup disabled by GOPROXY=off", "No cached version of", "A compatible .NET SDK was not found",
    ];

    /// <summary>One report; null when the project has no tests.</summary>
    public async Task<TestRunReport?> RunAsync(string directory, DetectedProject project, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (project.TestCommand is null)
            return null;
        var command = project.TestCommand;
        if (project.FallbackTestCommand is { } fallback)
        {
            var probe = await commands.RunAsync(Request("python3 -c 'import pytest'", directory, project, TimeSpan.FromSeconds(60)), cancellationToken);
            command = probe.Succeeded ? command : fallback;
        }

        var outcome = await commands.RunAsync(Request(command, directory, project, timeout), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Judge(project, command, outcome);
    }

    /// <summary>Builds a project that has something to build: null, or how it ended.</summary>
    public async Task<CommandOutcome?> BuildAsync(string directory, DetectedProject project, TimeSpan timeout, CancellationToken cancellationToken) =>
        project.BuildCommand is null ? null : await commands.RunAsync(Request(project.BuildCommand, directory, project, timeout), cancellationToken);

    /// <summary>True when the output shows that a tool or package is missing here.</summary>
    public static bool LacksEnvironment(CommandOutcome outcome) =>
        outcome.Refused is not null || (outcome is { ExitCode: 126 or 127 }) || Missing.Any(m => outcome.Output.Contains(m, StringComparison.Ordinal));

    public static TestRunReport Judge(DetectedProject project, string command, CommandOutcome run)
    {
        var counts = TestOutputParser.Parse(project.Kind, run.Output);
        var ran = counts?.Ran > 0;
        var outcome = run switch
        {
            { Refused: not null } => TestOutcome.CouldNotRun,
            { TimedOut: true } => TestOutcome.Failed,
            { ExitCode: 0 } => counts is { Failed: > 0 } ? TestOutcome.Failed : ran ? TestOutcome.Passed : Unproven(project, run),
            _ when ran || counts?.Failed > 0 => TestOutcome.Failed,
            _ when LacksEnvironment(run) => TestOutcome.CouldNotRun,
            { ExitCode: NoTestsCollected } when project.Kind == ProjectKind.Python => TestOutcome.NoTests,
            _ => TestOutcome.Failed,
        };
        return new(command, project.Directory, run.ExitCode, outcome, counts?.Passed ?? 0, counts?.Failed ?? 0, counts?.Skipped ?? 0, run.Sandbox,
            run.Refused ?? (run.TimedOut ? run.Output + $"\n[stopped after {run.Duration.TotalSeconds:0} s]" : run.Output));
    }

    // Gradle prints no totals: its task line tells whether there was anything to test.
    private static TestOutcome Unproven(DetectedProject project, CommandOutcome run) =>
        project.Kind == ProjectKind.Java && run.Output.Split('\n').Any(l => l.TrimEnd() is "> Task :test" || (l.StartsWith("> Task :", StringComparison.Ordinal) && l.TrimEnd().EndsWith(":test", StringComparison.Ordinal)))
            ? TestOutcome.Passed
            : TestOutcome.NoTests;

    private static CommandRequest Request(string line, string directory, DetectedProject project, TimeSpan timeout) =>
        CommandRequest.Shell(line, directory, timeout) with
        {
            OutputLimitBytes = OutputLimit,
            WorkingDirectory = project.Directory.Length == 0 ? null : project.Directory,
        };
}
