using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>
/// Lays a commit out in a directory. Blobs are written as they are stored, without the filters of .gitattributes: what an agent reads and
/// edits are the bytes that are published.
/// </summary>
internal static class TreeCheckout
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Program = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static StatCache Write(Repository repository, Commit commit, string directory)
    {
        var cache = new StatCache();
        Directory.CreateDirectory(directory);
        foreach (var (path, file) in TreeFile.Flatten(commit.Tree))
        {
            if (!file.Managed)
                continue;
            var target = Path.Combine(directory, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var blob = repository.Lookup<Blob>(file.Id)
                ?? throw new WorkspaceException("unknown_commit", $"'{path}' of commit {commit.Sha} is missing in the repository's objects.");
            if (file.Mode == Mode.SymbolicLink)
                File.CreateSymbolicLink(target, blob.GetContentText());
            else
                Copy(blob, target, file.Mode == Mode.ExecutableFile ? Program : Plain);
            cache.Put(path, FileStat.Of(target), file.Id.Sha);
        }

        return cache;
    }

    private static void Copy(Blob blob, string target, UnixFileMode mode)
    {
        using (var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write))
        using (var from = blob.GetContentStream())
            from.CopyTo(to);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(target, mode);
    }
}
