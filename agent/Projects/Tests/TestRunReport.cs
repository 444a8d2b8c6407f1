namespace Navi.Agent.Projects;

/// <summary>One run of a project's tests. <c>Directory</c> is empty for the root; <c>Sandbox</c> is bubblewrap or none.</summary>
internal sealed record TestRunReport(
    string Command,
    string Directory,
    int ExitCode,
    TestOutcome Outcome,
    int Passed,
    int Failed,
    int Skipped,
    string Sandbox,
    string Output)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Summary
    {
        get
        {
            var place = Directory.Length == 0 ? "" : $" in {Directory}";
            var counts = $"{Passed} passed, {Failed} failed, {Skipped} skipped";
            return Outcome switch
            {
                TestOutcome.Passed => $"`{Command}`{place}: passed ({counts})",
                TestOutcome.Failed => $"`{Command}`{place}: failed ({counts}, exit code {ExitCode})",
                TestOutcome.NoTests => $"`{Command}`{place}: no test ran (exit code {ExitCode})",
                _ => $"`{Command}`{place}: could not run (exit code {ExitCode})",
            };
        }
    }
}
