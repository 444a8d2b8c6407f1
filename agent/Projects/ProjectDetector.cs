using System.Text.RegularExpressions;

namespace Navi.Agent.Projects;

/// <summary>Finds the projects a repository really has. A project without tests has no test command.</summary>
internal static partial class ProjectDetector
{
    private static readonly string[] Foreign = ["vendor", "third_party", "node_modules", "testdata", "fixtures"];

    /// <summary>Code of others that lies in the repository.</summary>
    public static bool IsForeign(string path) => path.Split('/').SkipLast(1).Any(Foreign.Contains);

    public static IReadOnlyList<DetectedProject> Detect(ProjectTree tree)
    {
        var own = new ProjectTreeView(tree, [.. tree.Paths.Where(p => !IsForeign(p))]);
        List<DetectedProject> found =
        [
            .. DotNetProjects.Find(own), .. NodeProjects.Find(own), .. PythonProjects.Find(own),
            .. CompiledProjects.Go(own), .. CompiledProjects.Rust(own), .. CompiledProjects.Java(own),
        ];

        // A make target usually wraps the tests of the same directory; twice would prove nothing more.
        found.AddRange(MakeProjects(own).Where(m => !found.Any(f => f.Directory == m.Directory && f.TestCommand is not null)));
        return [.. found.OrderBy(p => p.Directory, StringComparer.Ordinal).ThenBy(p => p.Kind)];
    }

    private static IEnumerable<DetectedProject> MakeProjects(ProjectTreeView tree) =>
        from path in tree.Named("Makefile", "GNUmakefile", "makefile")
        where TestTarget().IsMatch(tree.Read(path) ?? "")
        select new DetectedProject(ProjectKind.Make, ProjectTree.Parent(path), null, "make test", [path]);

    [GeneratedRegex(@"^test\s*:(?!=)", RegexOptions.Multiline)]
    private static partial Regex TestTarget();
}
