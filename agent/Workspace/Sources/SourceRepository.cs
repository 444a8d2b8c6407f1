using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>The repository a task starts from and publishes to: a local path, or a URL.</summary>
/// <param name="Address">What git opens: an absolute path, or the URL.</param>
/// <param name="IsLocal">True for a path and for a file URL.</param>
internal sealed record SourceRepository(string Address, bool IsLocal)
{
    /// <summary>The address without user name and password.</summary>
    public string Shown => IsLocal ? Address : new UriBuilder(Address) { UserName = "", Password = "" }.Uri.ToString();

    public static SourceRepository Parse(string repository)
    {
        if (string.IsNullOrWhiteSpace(repository) || repository.Contains('\0', StringComparison.Ordinal))
            throw new WorkspaceException("not_found", "No repository was named; give a local path or an http(s) URL.");
        if (!repository.Contains("://", StringComparison.Ordinal))
            return new(Trim(Path.GetFullPath(repository)), IsLocal: true);
        if (!Uri.TryCreate(repository, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https" or "file"))
            throw new WorkspaceException("not_found", $"'{repository}' is not a local path and not an http, https or file URL.");
        return url.IsFile ? new(Trim(Path.GetFullPath(url.LocalPath)), IsLocal: true) : new(repository, IsLocal: false);
    }

    /// <summary>Opens a local repository; every way in which the path is wrong has its own error.</summary>
    public Repository Open()
    {
        if (!Directory.Exists(Address))
            throw new WorkspaceException("not_found", File.Exists(Address)
                ? $"'{Address}' is a file, not a repository's directory."
                : $"'{Address}' does not exist.");
        var found = Repository.Discover(Address)
            ?? throw new WorkspaceException("not_a_repository", $"'{Address}' is not a git repository; run 'git init' and commit there, or give another path.");
        var repository = new Repository(found);
        var root = repository.Info.WorkingDirectory ?? repository.Info.Path;
        if (SamePath(Address, root) || SamePath(Address, repository.Info.Path))
            return repository;
        repository.Dispose();
        throw new WorkspaceException("subdirectory", $"'{Address}' lies inside the repository '{Trim(root)}'; give that path instead.");
    }

    /// <summary>Changed and untracked paths of the work tree, ordered; none for a bare repository.</summary>
    public static List<string> DirtyPaths(Repository repository)
    {
        if (repository.Info.IsBare)
            return [];
        var status = repository.RetrieveStatus(new StatusOptions
        {
            IncludeUntracked = true,
            IncludeIgnored = false,
            RecurseUntrackedDirs = false,
            ExcludeSubmodules = true,
        });
        return [.. status.Where(s => s.State != FileStatus.Unaltered && !s.State.HasFlag(FileStatus.Ignored)).Select(s => s.FilePath).Order(StringComparer.Ordinal)];
    }

    private static bool SamePath(string a, string b) => Trim(Real(a)) == Trim(Real(b));

    private static string Trim(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    // Links in any part of the path: the same directory may be named in two ways.
    private static string Real(string path)
    {
        var real = "/";
        foreach (var part in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = Directory.Exists(next) ? new DirectoryInfo(next).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next : next;
        }

        return real;
    }
}
