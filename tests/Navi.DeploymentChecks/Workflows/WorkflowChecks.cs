using System.Text.RegularExpressions;
using Navi.DeploymentChecks.Images;

namespace Navi.DeploymentChecks.Workflows;

/// <summary>Checks the pipelines.</summary>
internal static partial class WorkflowChecks
{
    private static readonly string[] Expected = ["build.yml", "deploy-azure.yml", "deploy-kubernetes.yml", "images.yml", "release.yml", "rollback.yml"];
    private static readonly string[] BeforeProduction = ["staging", "load"];

    /// <summary>Lints them and looks at what no linter knows.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="cancellation">Ends the linter.</param>
    public static async Task<CheckSection> RunAsync(string root, CancellationToken cancellation)
    {
        var all = Workflow.Of(root);
        var found = await ActionLint.FindAsync([.. all.Select(w => w.FilePath)], cancellation);
        var commands = CommandNames(root);
        return new CheckSection(
            "Pipelines", $"{all.Count} workflows linted, {all.Sum(w => w.Jobs.Count())} jobs, {all.Sum(w => w.Uses.Count())} uses",
            [
                new("there is a pipeline for each step from a commit to production, and back", [.. Expected.Except(all.Select(w => w.Name)).Select(n => $"there is no .github/workflows/{n}")]),
                new("actionlint finds nothing", found),
                new("a program that fails in a pipe fails its step", [.. all.Where(w => w.Shell != "bash").Select(w => $"{w.Name}: must name 'shell: bash' under defaults.run; without it GitHub runs scripts without pipefail")]),
                new("every action is pinned by its commit, with the version beside it", [.. all.SelectMany(Unpinned)]),
                new("every workflow says what its token may do", [.. all.Where(w => !w.LimitsItsToken).Select(w => $"{w.Name}: has no permissions at its top; write 'permissions: contents: read' or what it needs")]),
                new("no script holds an expression", [.. all.SelectMany(Expressions)]),
                new("what the scripts name is there", [.. all.SelectMany(w => Missing(root, w, commands))]),
                new("an image's build is told everything that its Dockerfile asks for", [.. all.SelectMany(w => Untold(root, w))]),
                new("a smoke test asks for the version that was deployed", [.. all.SelectMany(AnyVersion)]),
                new("production comes after staging and load, and behind its environment", [.. all.SelectMany(Hurried)]),
            ]);
    }

    private static IEnumerable<string> Unpinned(Workflow workflow) => workflow.Uses.Where(u => !u.StartsWith("./", StringComparison.Ordinal))
        .Where(u => !Pinned().IsMatch(u) || !Regex.IsMatch(workflow.Text, $@"uses: {Regex.Escape(u)} # v\d"))
        .Select(u => $"{workflow.Name}: uses {u}; write the 40 digits of the commit, and '# vN' behind it");

    // GitHub puts an expression's value into the script as it is: whoever chooses the value writes the script.
    private static IEnumerable<string> Expressions(Workflow workflow) => workflow.Scripts.SelectMany(s => Expression().Matches(s.Script).Select(m => $"{workflow.Name}: job {s.Job}: a script holds {m.Value}; give it to the step by env"));

    private static IEnumerable<string> Missing(string root, Workflow workflow, IReadOnlySet<string> commands)
    {
        foreach (var (job, script) in workflow.Scripts)
        {
            foreach (var command in Command().Matches(script).Select(m => m.Groups["name"].Value).Where(n => !commands.Contains(n)))
                yield return $"{workflow.Name}: job {job}: ./navi has no command '{command}'";
        }
        // A path of which a part is an expression is checked up to that part.
        foreach (var path in TreePath().Matches(workflow.Text).Select(m => m.Value.TrimEnd('/', '.')).Distinct())
        {
            if (!File.Exists(Path.Combine(root, path)) && !Directory.Exists(Path.Combine(root, path)))
                yield return $"{workflow.Name}: names {path}, which does not exist";
        }
        foreach (var called in workflow.Uses.Where(u => u.StartsWith("./", StringComparison.Ordinal) && !File.Exists(Path.Combine(root, u))))
            yield return $"{workflow.Name}: uses {called}, which does not exist";
    }

    // The release before answers as well as the new one does.
    private static IEnumerable<string> AnyVersion(Workflow workflow) => workflow.Scripts.SelectMany(s => s.Script.Split('\n').Where(l => l.Contains("navi smoke ", StringComparison.Ordinal) && !l.Contains(" --expect-version ", StringComparison.Ordinal))
        .Select(l => $"{workflow.Name}: job {s.Job}: '{l.Trim()}' is content with any version; give it --expect-version"));

    private static IEnumerable<string> Untold(string root, Workflow workflow)
    {
        foreach (var (file, arguments) in workflow.Builds.Where(b => File.Exists(Path.Combine(root, b.Dockerfile))))
        {
            var told = arguments.Split('\n').Select(a => a.Split('=')[0].Trim()).ToHashSet();
            foreach (var missing in Dockerfile.Read(Path.Combine(root, file)).Of("ARG").Select(a => a.Text.Split('=')[0]).Where(a => !told.Contains(a)))
                yield return $"{workflow.Name}: build-args of {file} do not give {missing}";
        }
    }

    private static IEnumerable<string> Hurried(Workflow workflow)
    {
        foreach (var (id, job) in workflow.Jobs.Where(j => Workflow.TextOf(j.Job, "with", "environment") == "production"))
        {
            var before = Workflow.Needs(job).ToList();
            foreach (var missing in BeforeProduction.Where(b => !before.Any(n => n.StartsWith(b, StringComparison.Ordinal))))
                yield return $"{workflow.Name}: job {id} deploys to production without waiting for {missing}";
        }
        foreach (var (id, job) in workflow.Jobs.Where(j => j.Id == "deploy" && Workflow.TextOf(j.Job, "environment") is null))
            yield return $"{workflow.Name}: job {id} deploys without an environment: nobody is asked and its rules do not apply";
    }

    // What the launcher itself knows, and the command line's own, which a test compares with the document.
    private static HashSet<string> CommandNames(string root) =>
        [.. DocumentedCommand().Matches(File.ReadAllText(Path.Combine(root, "docs", "CLI.md"))).Select(m => m.Groups["name"].Value), "test", "bench", "drill", "check"];

    [GeneratedRegex("^[^@]+@[0-9a-f]{40}$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\$\{\{[^}]*\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"\./navi (?<name>[a-z-]+)")]
    private static partial Regex Command();

    [GeneratedRegex("^\\| `navi (?<name>[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex DocumentedCommand();

    [GeneratedRegex(@"(?<![\w./-])(infra-bicep|k8s-keda|grafana|prometheus|functions|cli|docs)/[\w./-]*\w(?![\w{*-])")]
    private static partial Regex TreePath();
}
