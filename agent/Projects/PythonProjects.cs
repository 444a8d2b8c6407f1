using System.Text.RegularExpressions;

namespace Navi.Agent.Projects;

internal static partial class PythonProjects
{
    private static readonly string[] Manifests = ["pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Pipfile", "tox.ini", "pytest.ini"];

    public static IEnumerable<DetectedProject> Find(ProjectTreeView tree)
    {
        var sources = tree.WithExtension(".py").ToList();
        if (sources.Count == 0)
            yield break;
        var manifests = tree.Topmost(tree.Named(Manifests)).GroupBy(ProjectTree.Parent).Select(g => g.First()).ToList();
        var directories = manifests.Count > 0 ? manifests.Select(ProjectTree.Parent) : [""];
        foreach (var directory in directories)
        {
            var own = tree.Below(directory).Where(p => p.EndsWith(".py", StringComparison.Ordinal)).ToList();
            if (own.Count == 0)
                continue;
            var unittests = own.Where(p => UnitTestName().IsMatch(p) && (tree.Read(p) ?? "").Contains("unittest", StringComparison.Ordinal)).ToList();
            var unittest = unittests.Count > 0 ? Discover(tree, directory, unittests) : null;
            var pytest = UsesPytest(tree, directory, own) ? "python3 -m pytest -q" : null;
            yield return new(
                ProjectKind.Python,
                directory,
                null,
                pytest ?? unittest,
                [.. manifests.Where(m => ProjectTree.Parent(m) == directory), .. unittests.Take(5)],
                pytest is null ? null : unittest);
        }
    }

    // unittest only descends into packages: a plain directory of tests has to be named.
    private static string Discover(ProjectTreeView tree, string directory, List<string> tests)
    {
        var starts = tests.Select(t => Start(tree, directory, ProjectTree.Parent(t))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return string.Join(" && ", starts.Select(s => s.Length == 0 ? "python3 -m unittest discover" : $"python3 -m unittest discover -s {Shell.Quote(s)}"));
    }

    private static string Start(ProjectTreeView tree, string project, string directory)
    {
        var current = directory;
        while (current != project && tree.Has(ProjectTree.Join(current, "__init__.py")))
            current = ProjectTree.Parent(current);
        return current == project ? "" : current[(project.Length == 0 ? 0 : project.Length + 1)..];
    }

    private static bool UsesPytest(ProjectTreeView tree, string directory, List<string> own)
    {
        bool Says(string file, string text) => tree.Read(ProjectTree.Join(directory, file))?.Contains(text, StringComparison.Ordinal) == true;
        return tree.Has(ProjectTree.Join(directory, "pytest.ini")) || Says("pyproject.toml", "[tool.pytest") || Says("setup.cfg", "[tool:pytest]") || Says("tox.ini", "[pytest]")
            || own.Any(p => Path.GetFileName(p) == "conftest.py")
            || own.Any(p => PytestName().IsMatch(p) && Import().IsMatch(tree.Read(p) ?? ""));
    }

    [GeneratedRegex(@"(?:^|/)test[^/]*\.py$")]
    private static partial Regex UnitTestName();

    [GeneratedRegex(@"(?:^|/)(?:test_[^/]*|[^/]*_test)\.py$")]
    private static partial Regex PytestName();

    [GeneratedRegex(@"^\s*(?:import pytest|from pytest)|^def test_", RegexOptions.Multiline)]
    private static partial Regex Import();
}
