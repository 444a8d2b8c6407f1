using Navi.Agent.Projects;

namespace Navi.Agent.Code;

/// <summary>Divides the C# files of a repository among its projects: a file belongs to the nearest project file above it.</summary>
internal static class CSharpProjects
{
    public static IReadOnlyList<CSharpProject> Of(ProjectTree tree)
    {
        var references = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var path in tree.Paths.Where(p => p.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)))
        {
            var directory = ProjectTree.Parent(path);
            if (!references.TryGetValue(directory, out var list))
                references[directory] = list = new(StringComparer.Ordinal);
            list.UnionWith(Referenced(tree, path).Select(ProjectTree.Parent));
        }

        var sources = tree.Paths.Where(SymbolReader.IsCSharp).GroupBy(p => Owner(p, references), StringComparer.Ordinal);
        return [.. sources.Select(g => new CSharpProject(g.Key, [.. g], Reach(g.Key, references))).OrderBy(p => p.Directory, StringComparer.Ordinal)];
    }

    /// <summary>Project files that a project file refers to, as far as they are in the repository.</summary>
    public static IEnumerable<string> Referenced(ProjectTree tree, string project) => ManifestXml.Elements(tree.Read(project))
        .Where(e => e.Name.LocalName == "ProjectReference")
        .Select(e => RelativePath.Combine(ProjectTree.Parent(project), (e.Attribute("Include")?.Value ?? "").Replace('\\', '/')))
        .OfType<string>()
        .Where(tree.Has);

    private static string Owner(string path, Dictionary<string, HashSet<string>> projects)
    {
        var directory = ProjectTree.Parent(path);
        while (directory.Length > 0 && !projects.ContainsKey(directory))
            directory = ProjectTree.Parent(directory);
        return directory;
    }

    private static HashSet<string> Reach(string directory, Dictionary<string, HashSet<string>> references)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([directory]);
        while (open.TryPop(out var next))
            foreach (var other in references.GetValueOrDefault(next) ?? [])
                if (other != directory && reached.Add(other))
                    open.Push(other);
        return reached;
    }
}
