namespace Navi.Agent.Projects;

/// <summary>The runs of all projects' tests: passed only when every one passed.</summary>
internal sealed record TestRunSummary(TestOutcome Outcome, IReadOnlyList<TestRunReport> Runs);
