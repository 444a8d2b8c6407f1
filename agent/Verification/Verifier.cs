using Navi.Agent.Projects;
using Navi.Agent.Tools;
using Navi.Agent.Workspace;

namespace Navi.Agent.Verification;

/// <summary>Checks a task's result by what can really be checked: reports are recomputed, changed repositories are tested or at least built.</summary>
internal sealed class Verifier(WorkspaceStore store, TestRunner runner)
{
    private const int DetailsLimit = 8000;

    private static readonly TimeSpan ProjectTimeout = TimeSpan.FromMinutes(15);

    /// <summary>Makes every check that applies. Nothing is taken on trust and nothing passes by default.</summary>
    public async Task<VerificationReport> VerifyAsync(VerifyRequest request, CancellationToken cancellationToken)
    {
        var checks = new List<VerificationCheck>();
        var changed = store.ChangedFiles(request.TaskId, request.BaseCommit, request.HeadCommit);
        if (request.ReportPath is not null)
            checks.Add(CheckReport(request));
        var evidence = request.Evidence?.TreeId == store.TreeId(request.TaskId, request.HeadCommit) ? request.Evidence.Tests : null;
        if (evidence is { Outcome: TestOutcome.Passed })
            checks.AddRange(evidence.Runs.Select(Check));
        else if (changed.Any(c => c.Path != request.ReportPath || c.Status is not ("added" or "modified")))
            checks.AddRange(await CheckProjectsAsync(request, cancellationToken));
        else if (evidence is not null)
            checks.AddRange(evidence.Runs.Select(Check));
        return new(VerificationOutcomes.Of(checks), checks);
    }

    // The facts come from the base: the report itself must not be part of what it reports on, and nothing the task did may bend them.
    private VerificationCheck CheckReport(VerifyRequest request)
    {
        var name = $"report {request.ReportPath}";
        var written = ReadReport(request);
        if (written is null)
            return new(name, null, VerificationOutcomes.Failed, $"The task ended with a report '{request.ReportPath}', which is not a text file of its result.");
        if (request.ReportPath != SurveyCollector.ReportPath)
            return new(name, null, VerificationOutcomes.CouldNotRun, "There is no way to recompute this report.");

        var directory = store.ReadTree(request.TaskId, request.BaseCommit);
        var guard = new PathGuard(directory);
        var paths = store.History(request.TaskId, request.BaseCommit).TrackedFiles().Where(p => IsFile(guard, p)).Order(StringComparer.Ordinal).ToList();
        var expected = SurveyReport.Render(SurveyCollector.Collect(new ProjectTree(guard, paths)));
        return written == expected
            ? new(name, null, VerificationOutcomes.Passed, $"Recomputed from {paths.Count} files of {request.BaseCommit[..12]}: every path and figure is the same.")
            : new(name, null, VerificationOutcomes.Failed, "Recomputed, the report differs:\n" + Differences(expected, written));
    }

    private string? ReadReport(VerifyRequest request)
    {
        try
        {
            return TextFile.Of(new PathGuard(store.ReadTree(request.TaskId, request.HeadCommit)).Read(request.ReportPath!, ToolText.MaxBytes))?.Text;
        }
        catch (PathRefusedException)
        {
            return null;
        }
    }

    private async Task<List<VerificationCheck>> CheckProjectsAsync(VerifyRequest request, CancellationToken cancellationToken)
    {
        var checks = new List<VerificationCheck>();

        // A name of its own: two processes may verify the same task for a moment.
        var scratch = store.OpenScratch(request.TaskId, $"verify-{Guid.NewGuid():n}", 1, request.HeadCommit);
        try
        {
            var guard = new PathGuard(scratch.Directory);
            var paths = store.History(request.TaskId, request.HeadCommit).TrackedFiles().Where(p => IsFile(guard, p)).Order(StringComparer.Ordinal).ToList();
            foreach (var project in ProjectDetector.Detect(new ProjectTree(guard, paths)))
            {
                if (await runner.RunAsync(scratch.Directory, project, ProjectTimeout, cancellationToken) is { } run)
                    checks.Add(Check(run));
                else if (await BuildAsync(scratch.Directory, project, cancellationToken) is { } build)
                    checks.Add(build);
            }
        }
        finally
        {
            store.CloseScratch(scratch);
        }

        return checks;
    }

    private async Task<VerificationCheck?> BuildAsync(string directory, DetectedProject project, CancellationToken cancellationToken)
    {
        if (await runner.BuildAsync(directory, project, ProjectTimeout, cancellationToken) is not { } outcome)
            return null;
        cancellationToken.ThrowIfCancellationRequested();
        var result = outcome.Succeeded ? VerificationOutcomes.Passed : TestRunner.LacksEnvironment(outcome) ? VerificationOutcomes.CouldNotRun : VerificationOutcomes.Failed;
        return new(Named("build", project.Directory), project.BuildCommand, result, BoundedText.Cut(outcome.Refused ?? outcome.Output, DetailsLimit));
    }

    private static VerificationCheck Check(TestRunReport run) => new(Named("tests", run.Directory), run.Command, run.Outcome switch
    {
        TestOutcome.Passed => VerificationOutcomes.Passed,
        TestOutcome.Failed => VerificationOutcomes.Failed,
        TestOutcome.NoTests => VerificationOutcomes.NothingToVerify,
        _ => VerificationOutcomes.CouldNotRun,
    }, $"{run.Summary}\n{BoundedText.Cut(run.Output, DetailsLimit)}");

    private static string Named(string what, string directory) => directory.Length == 0 ? what : $"{what} in {directory}";

    // Tracked links are no files here, as they are none for the tools.
    private static bool IsFile(PathGuard guard, string path)
    {
        try
        {
            return guard.Resolve(path).Stat.Kind == FileKind.File;
        }
        catch (PathRefusedException)
        {
            return false;
        }
    }

    private static string Differences(string expected, string written)
    {
        var (right, there) = (TextFile.Lines(expected), TextFile.Lines(written));
        var missing = right.Except(there, StringComparer.Ordinal).Take(20).Select(l => "should have: " + l);
        var wrong = there.Except(right, StringComparer.Ordinal).Take(20).Select(l => "has: " + l);
        var all = missing.Concat(wrong).ToList();
        return all.Count > 0 ? BoundedText.Cut(string.Join('\n', all), DetailsLimit) : "the same lines in another order, or other line ends.";
    }
}
