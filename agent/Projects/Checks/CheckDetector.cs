using System.Text.Json;
using System.Text.RegularExpressions;

namespace Navi.Agent.Projects;

/// <summary>Finds the linters and formatters that a repository asks for. One that nothing asks for is not run: its opinion would be nobody's.</summary>
internal static partial class CheckDetector
{
    public static IReadOnlyList<ProjectCheck> Detect(ProjectTree tree)
    {
        var found = new List<ProjectCheck>();
        foreach (var project in ProjectDetector.Detect(tree))
            found.AddRange(project.Kind switch
            {
                ProjectKind.DotNet => DotNet(tree, project),
                ProjectKind.Node => Node(tree, project),
                ProjectKind.Python => Python(tree, project),
                ProjectKind.Go => [new(project.Directory, "go vet ./...", "gofmt -l -w .", project.Evidence[0] + " (tools of the language)")],
                ProjectKind.Rust => [new(project.Directory, "cargo clippy --offline -- -D warnings", "cargo fmt", project.Evidence[0] + " (tools of the language)")],
                _ => [],
            });
        found.AddRange(tree.Paths.Where(p => Path.GetFileName(p) is "Makefile" or "GNUmakefile" or "makefile" && !ProjectDetector.IsForeign(p)).SelectMany(p => Make(tree, p)));
        return [.. found.Distinct().OrderBy(c => c.Directory, StringComparer.Ordinal).ThenBy(c => c.Evidence, StringComparer.Ordinal)];
    }

    private static IEnumerable<ProjectCheck> DotNet(ProjectTree tree, DetectedProject project)
    {
        var target = Shell.Quote(Path.GetFileName(project.Evidence[0]));
        if (Holder(tree, project.Directory, ".editorconfig") is { } rules)
            yield return new(project.Directory, $"dotnet format {target} --verify-no-changes", $"dotnet format {target}", rules);
    }

    private static IEnumerable<ProjectCheck> Node(ProjectTree tree, DetectedProject project)
    {
        var manifest = ProjectTree.Join(project.Directory, "package.json");
        var scripts = Scripts(tree.Read(manifest));
        if (scripts.Contains("lint"))
            yield return new(project.Directory, "npm run lint", null, manifest + " (script lint)");
        if (scripts.Contains("format"))
            yield return new(project.Directory, null, "npm run format", manifest + " (script format)");
        if (scripts.Contains("typecheck"))
            yield return new(project.Directory, "npm run typecheck", null, manifest + " (script typecheck)");
    }

    private static IEnumerable<ProjectCheck> Python(ProjectTree tree, DetectedProject project)
    {
        string File(string name) => ProjectTree.Join(project.Directory, name);
        var settings = tree.Read(File("pyproject.toml")) ?? "";
        if (settings.Contains("[tool.ruff", StringComparison.Ordinal) || tree.Has(File("ruff.toml")) || tree.Has(File(".ruff.toml")))
            yield return new(project.Directory, "ruff check .", "ruff format .", tree.Has(File("ruff.toml")) ? File("ruff.toml") : tree.Has(File(".ruff.toml")) ? File(".ruff.toml") : File("pyproject.toml"));
        if (settings.Contains("[tool.black", StringComparison.Ordinal))
            yield return new(project.Directory, "black --check .", "black .", File("pyproject.toml") + " (black)");
        if (settings.Contains("[tool.mypy", StringComparison.Ordinal) || tree.Has(File("mypy.ini")))
            yield return new(project.Directory, "mypy .", null, tree.Has(File("mypy.ini")) ? File("mypy.ini") : File("pyproject.toml") + " (mypy)");
        if (tree.Has(File(".flake8")) || (tree.Read(File("setup.cfg")) ?? "").Contains("[flake8]", StringComparison.Ordinal))
            yield return new(project.Directory, "flake8 .", null, tree.Has(File(".flake8")) ? File(".flake8") : File("setup.cfg"));
    }

    private static IEnumerable<ProjectCheck> Make(ProjectTree tree, string path)
    {
        var targets = Target().Matches(tree.Read(path) ?? "").Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        if (targets.Contains("lint"))
            yield return new(ProjectTree.Parent(path), "make lint", null, path + " (target lint)");
        if (new[] { "format", "fmt" }.FirstOrDefault(targets.Contains) is { } format)
            yield return new(ProjectTree.Parent(path), null, "make " + format, $"{path} (target {format})");
    }

    private static HashSet<string> Scripts(string? manifest)
    {
        try
        {
            using var json = JsonDocument.Parse(manifest ?? "{}", new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("scripts", out var scripts) && scripts.ValueKind == JsonValueKind.Object
                ? scripts.EnumerateObject().Select(s => s.Name).ToHashSet(StringComparer.Ordinal)
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // The nearest one at or above the directory.
    private static string? Holder(ProjectTree tree, string directory, string name)
    {
        for (var current = directory; ; current = ProjectTree.Parent(current))
        {
            if (tree.Has(ProjectTree.Join(current, name)))
                return ProjectTree.Join(current, name);
            if (current.Length == 0)
                return null;
        }
    }

    [GeneratedRegex(@"^(lint|format|fmt)[ \t]*:(?!=)", RegexOptions.Multiline)]
    private static partial Regex Target();
}
