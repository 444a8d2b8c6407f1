namespace Navi.Agent.Projects;

/// <summary>The part of a tree that is the repository's own code, with the questions that detectors ask.</summary>
internal sealed class ProjectTreeView(ProjectTree tree, IReadOnlyList<string> paths)
{
    public IReadOnlyList<string> Paths { get; } = paths;

    public string? Read(string path) => tree.Read(path);

    public bool Has(string path) => tree.Has(path);

    public IEnumerable<string> Named(params string[] names) => Paths.Where(p => names.Contains(Path.GetFileName(p), StringComparer.Ordinal));

    public IEnumerable<string> WithExtension(params string[] extensions) => Paths.Where(p => extensions.Contains(Path.GetExtension(p), StringComparer.Ordinal));

    public IEnumerable<string> Below(string directory) => directory.Length == 0 ? Paths : Paths.Where(p => p.StartsWith(directory + "/", StringComparison.Ordinal));

    /// <summary>Manifests that don't lie below another one: a workspace's members are built by its root.</summary>
    public IEnumerable<string> Topmost(IEnumerable<string> manifests)
    {
        var all = manifests.ToList();
        return all.Where(m => !all.Any(o => o != m && ProjectTree.Parent(o) != ProjectTree.Parent(m) && IsBelow(ProjectTree.Parent(m), ProjectTree.Parent(o))));
    }

    private static bool IsBelow(string directory, string other) => other.Length == 0 || directory.StartsWith(other + "/", StringComparison.Ordinal);
}
