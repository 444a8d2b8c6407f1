using Navi.Agent.Tools;

namespace Navi.Agent.Projects;

/// <summary>The files of a repository, for code that looks at it as a whole.</summary>
/// <param name="guard">Reads inside the directory only.</param>
/// <param name="paths">Every file that belongs to the repository, in ordinal order.</param>
internal sealed class ProjectTree(PathGuard guard, IReadOnlyList<string> paths)
{
    private readonly HashSet<string> known = new(paths, StringComparer.Ordinal);

    public IReadOnlyList<string> Paths { get; } = paths;

    public static ProjectTree Of(ToolContext context) => new(context.Paths, [.. context.Files().Select(f => f.Path)]);

    public bool Has(string path) => known.Contains(path);

    /// <summary>Null when there is no such file, it is binary or over 5 MB.</summary>
    public string? Read(string path) => ReadFile(path)?.Text;

    public TextFile? ReadFile(string path)
    {
        try
        {
            return Has(path) ? TextFile.Of(guard.Read(path, ToolText.MaxBytes)) : null;
        }
        catch (PathRefusedException)
        {
            return null;
        }
    }

    /// <summary>Size in bytes.</summary>
    public long Size(string path) => guard.Resolve(path).Stat.Size;

    /// <summary>The directory of a path, empty for the root.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    public static string Join(string directory, string name) => directory.Length == 0 ? name : directory + "/" + name;
}
