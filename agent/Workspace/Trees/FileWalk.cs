namespace Navi.Agent.Workspace;

/// <summary>The files of a directory that belong to the task: tracked ones, and new ones that nothing ignores. Links are listed, not followed.</summary>
internal sealed class FileWalk
{
    private readonly string directory;
    private readonly IReadOnlySet<string> tracked;
    private readonly IgnoreRules ignores;
    private readonly HashSet<string> trackedDirectories = new(StringComparer.Ordinal);

    public FileWalk(string directory, IReadOnlySet<string> tracked, IgnoreRules ignores)
    {
        this.directory = directory;
        this.tracked = tracked;
        this.ignores = ignores;
        foreach (var path in tracked)
        {
            var slash = path.LastIndexOf('/');
            while (slash > 0 && trackedDirectories.Add(path[..slash]))
                slash = path.LastIndexOf('/', slash - 1);
        }
    }

    /// <summary>Paths relative to the directory, '/' separated, in no particular order.</summary>
    public IEnumerable<(string Path, FileStat Stat)> Files(string prefix = "")
    {
        foreach (var full in Directory.EnumerateFileSystemEntries(Path.Combine(directory, prefix)))
        {
            var name = Path.GetFileName(full);
            var path = prefix + name;
            if (name.Equals(".git", StringComparison.OrdinalIgnoreCase) || name.Contains('\uFFFD', StringComparison.Ordinal))
                continue;
            var stat = FileStat.Of(full);
            if (stat.Kind == FileKind.Directory)
            {
                if (!trackedDirectories.Contains(path) && ignores.IsIgnored(path + "/"))
                    continue;
                foreach (var inner in Files(path + "/"))
                    yield return inner;
            }
            else if (stat.Kind is FileKind.File or FileKind.SymbolicLink && (tracked.Contains(path) || !ignores.IsIgnored(path)))
                yield return (path, stat);
        }
    }
}
