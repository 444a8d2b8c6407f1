namespace Navi.Agent.Projects;

internal static class DotNetProjects
{
    private static readonly string[] TestMarks = ["Microsoft.NET.Test.Sdk", "xunit", "NUnit", "MSTest", "<IsTestProject>true"];

    public static IEnumerable<DetectedProject> Find(ProjectTreeView tree)
    {
        // With the newer test platform, which global.json opts in to, the command takes what it tests as an option.
        var platform = tree.Named("global.json").Any(p => tree.Read(p)?.Contains("Microsoft.Testing.Platform", StringComparison.Ordinal) == true);
        string Test(string option, string name) => platform ? $"dotnet test --{option} {name}" : $"dotnet test {name} --nologo";
        var projects = tree.WithExtension(".csproj", ".fsproj", ".vbproj").ToList();
        var solutions = tree.Topmost(tree.WithExtension(".sln", ".slnx")).GroupBy(ProjectTree.Parent).Select(g => g.First()).ToList();
        foreach (var solution in solutions)
        {
            var directory = ProjectTree.Parent(solution);
            var name = Shell.Quote(Path.GetFileName(solution));
            var tests = tree.Below(directory).Where(p => projects.Contains(p) && IsTest(tree, p)).ToList();
            yield return new(ProjectKind.DotNet, directory, $"dotnet build {name} --nologo", tests.Count > 0 ? Test("solution", name) : null, [solution, .. tests]);
        }

        foreach (var project in projects.Where(p => !solutions.Any(s => ProjectTree.Parent(s) is var d && (d.Length == 0 || p.StartsWith(d + "/", StringComparison.Ordinal)))))
        {
            var name = Shell.Quote(Path.GetFileName(project));
            yield return new(ProjectKind.DotNet, ProjectTree.Parent(project), $"dotnet build {name} --nologo", IsTest(tree, project) ? Test("project", name) : null, [project]);
        }
    }

    private static bool IsTest(ProjectTreeView tree, string project) =>
        tree.Read(project) is { } text && TestMarks.Any(m => text.Contains(m, StringComparison.OrdinalIgnoreCase));
}
