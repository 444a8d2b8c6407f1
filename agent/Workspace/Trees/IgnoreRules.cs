using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>
/// Which paths of a tree would not be published: what .gitignore files ignore, and products of builds and tests that a repository forgot to
/// ignore. A tracked file is never ignored; callers check that first. Not thread-safe.
/// </summary>
internal sealed class IgnoreRules(Repository repository, string directory) : IDisposable
{
    private static readonly HashSet<string> Caches = new(StringComparer.Ordinal)
    {
        "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".tox", ".nox", "node_modules", ".gradle", ".nyc_output",
    };

    // A directory of this name is a build's product when its parent holds such a file.
    private static readonly (string Name, string Beside)[] Products =
    [
        ("bin", "*.csproj"), ("obj", "*.csproj"), ("bin", "*.fsproj"), ("obj", "*.fsproj"), ("TestResults", "*.csproj"),
        ("target", "Cargo.toml"), ("target", "pom.xml"), ("build", "build.gradle"), ("build", "build.gradle.kts"),
    ];

    private readonly Dictionary<string, bool> products = new(StringComparer.Ordinal);

    /// <param name="path">Relative, '/' separated; a directory ends with '/'.</param>
    public bool IsIgnored(string path)
    {
        if (path.EndsWith(".pyc", StringComparison.Ordinal) || repository.Ignore.IsPathIgnored(path))
            return true;
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            if (IsProduct(path[..slash]))
                return true;
        return false;
    }

    public void Dispose() => repository.Dispose();

    private bool IsProduct(string path)
    {
        if (products.TryGetValue(path, out var known))
            return known;
        var name = Path.GetFileName(path);
        var parent = Path.Combine(directory, Path.GetDirectoryName(path) ?? "");
        return products[path] = Caches.Contains(name)
            || Products.Any(p => p.Name == name && Directory.Exists(parent) && Directory.EnumerateFiles(parent, p.Beside).Any())
            || File.Exists(Path.Combine(directory, path, "CACHEDIR.TAG"));
    }
}
