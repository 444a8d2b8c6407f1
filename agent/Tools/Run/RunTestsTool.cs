using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Run;

internal sealed class RunTestsTool(TestRunner runner) : Tool<RunTestsTool.Arguments>
{
    private const int ShownOfEach = 6000;

    public override string Name => "run_tests";

    public override string Description => "Runs the tests that the repository really has, in a throw-away copy, and reports how many passed and failed. Failing tests are a result, not an error.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolRisk Risk => ToolRisk.Medium;

    public override ToolPhase? Phase => ToolPhase.Verify;

    public override TreeUse Tree => TreeUse.Scratch;

    public override TimeSpan Timeout => TimeSpan.FromHours(1);

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var directory = arguments.Directory is null ? null : context.Paths.Relative(arguments.Directory);
        var projects = ProjectDetector.Detect(ProjectTree.Of(context));
        var chosen = projects.Where(p => p.TestCommand is not null && (directory is null || p.Directory == directory)).ToList();
        if (chosen.Count == 0)
            return ToolResult.Error(projects.Count == 0
                ? "No project of a known kind was found, so there are no tests to run."
                : $"No tests were found{(directory is null ? "" : $" in '{directory}'")}; projects: {string.Join(", ", projects.Select(p => $"{p.Kind} in {(p.Directory.Length == 0 ? "." : p.Directory)}"))}.");

        var reports = new List<TestRunReport>();
        foreach (var project in chosen)
            reports.Add((await runner.RunAsync(context.Root, project, TimeSpan.FromSeconds(arguments.TimeoutSeconds), cancellationToken))!);
        var text = string.Join('\n', reports.Select(r => r.Summary)) + "\n\n"
            + string.Join("\n\n", reports.Select(r => $"--- output of `{r.Command}`\n{BoundedText.Cut(r.Output, ShownOfEach)}"));
        var data = new TestRunSummary(Overall(reports), [.. reports.Select(r => r with { Output = BoundedText.Cut(r.Output, ShownOfEach) })]);
        return new ToolResult(text, IsError: data.Outcome == TestOutcome.CouldNotRun, ToolText.Json(data));
    }

    // One failing project fails the run; one that could not run proves nothing for the whole.
    private static TestOutcome Overall(List<TestRunReport> reports) =>
        new[] { TestOutcome.Failed, TestOutcome.CouldNotRun, TestOutcome.NoTests }.Cast<TestOutcome?>().FirstOrDefault(o => reports.Any(r => r.Outcome == o)) ?? TestOutcome.Passed;

    internal sealed record Arguments(
        [Description("Only the project in this directory; empty for the one in the root.")] string? Directory = null,
        [Description("Seconds for each project's tests."), Range(1, 3000)] int TimeoutSeconds = 900);
}
