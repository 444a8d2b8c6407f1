using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>
/// Copies the objects of a task's own repository file by file. A commit that the effect ledger has accepted is complete on disk and git never changes an object's file, so this may run while the origin's task goes on;
/// a clone would take what references name, and an accepted commit need not have one yet.
/// </summary>
internal static class HistoryCopy
{
    /// <summary>Makes a bare repository with the objects of <paramref name="origin"/> and no references.</summary>
    public static void Make(string origin, string target, CancellationToken cancellationToken)
    {
        Repository.Init(target, isBare: true);
        var objects = Path.Combine(origin, "objects");
        foreach (var file in Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories).Where(f => !IsUnfinished(f)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copy = Path.Combine(target, "objects", Path.GetRelativePath(objects, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            CopyToDisk(file, copy);
        }

        // A shallow source's history ends at the commits that this file lists.
        if (File.Exists(Path.Combine(origin, "shallow")))
            CopyToDisk(Path.Combine(origin, "shallow"), Path.Combine(target, "shallow"));
    }

    // The row that says that the workspace is ready outlives a power failure; so must what it is about.
    private static void CopyToDisk(string file, string copy)
    {
        using var from = File.OpenRead(file);
        using var to = File.Create(copy);
        from.CopyTo(to);
        to.Flush(flushToDisk: true);
    }

    // What libgit2 is still writing has such a name until it is whole, and may be gone before it is read.
    private static bool IsUnfinished(string file) => Path.GetFileName(file).Contains("_git2_", StringComparison.Ordinal);
}
