using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>Takes changes back in a directory that holds one commit, so that the changed paths hold what another commit has there.</summary>
internal static class TreeRestore
{
    /// <summary>Every change of <see cref="WorkspaceDiff.Changes"/> from the directory's commit to the wanted one. A failure half-way leaves a directory to throw away.</summary>
    /// <exception cref="IOException">A path can't be removed or made.</exception>
    public static void Apply(Repository repository, string directory, IReadOnlyList<FileChange> changes)
    {
        foreach (var path in changes.Where(c => c.Before is { Managed: true }).Select(c => c.OldPath ?? c.Path))
            Remove(directory, path);
        using var root = new CheckoutDirectory(directory);
        try
        {
            foreach (var change in changes.Where(c => c.After is { Managed: true }))
                TreeCheckout.Write(repository, root, change.Path, change.After!);
        }
        catch (WorkspaceException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    // A directory that only held what goes away would be in the way of a file of its name.
    private static void Remove(string directory, string path)
    {
        File.Delete(Path.Combine(directory, path));
        for (var parent = Path.GetDirectoryName(path); !string.IsNullOrEmpty(parent); parent = Path.GetDirectoryName(parent))
        {
            var full = Path.Combine(directory, parent);
            if (!Directory.Exists(full) || Directory.EnumerateFileSystemEntries(full).Any())
                break;
            Directory.Delete(full);
        }
    }
}
