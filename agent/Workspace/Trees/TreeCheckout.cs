using LibGit2Sharp;
using Microsoft.Win32.SafeHandles;

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
        var files = TreeFile.Flatten(commit.Tree);
        using var root = new CheckoutDirectory(directory);
        foreach (var (path, file) in files)
        {
            if (!file.Managed)
                continue;
            Write(repository, root, path, file);
            cache.Put(path, FileStat.Of(Path.Combine(directory, path)), file.Id.Sha);
        }

        return cache;
    }

    /// <summary>Makes one file or link that is not there yet.</summary>
    public static void Write(Repository repository, CheckoutDirectory root, string path, TreeFile file)
    {
        var blob = repository.Lookup<Blob>(file.Id)
            ?? throw new WorkspaceException("unknown_commit", $"'{path}' is missing in the repository's objects ({file.Id}).");
        if (file.Mode == Mode.SymbolicLink)
            root.CreateLink(path, blob.GetContentText());
        else
            Copy(blob, root.CreateFile(path), file.Mode == Mode.ExecutableFile ? Program : Plain);
    }

    private static void Copy(Blob blob, SafeFileHandle target, UnixFileMode mode)
    {
        using var to = new FileStream(target, FileAccess.Write);
        using (var from = blob.GetContentStream())
            from.CopyTo(to);
        to.Flush();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(target, mode);
    }
}
