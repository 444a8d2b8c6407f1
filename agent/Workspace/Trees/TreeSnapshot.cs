using LibGit2Sharp;
using System.Text;

namespace Navi.Agent.Workspace;

/// <summary>Makes a git tree of what a directory holds: tracked files and new ones that nothing ignores.</summary>
internal sealed class TreeSnapshot(Repository repository, Commit parent, string directory, StatCache known, IgnoreRules ignores)
{
    private readonly Dictionary<string, TreeFile> before = TreeFile.Flatten(parent.Tree);
    private readonly Dictionary<string, (ObjectId Id, Mode Mode)> after = new(StringComparer.Ordinal);

    /// <summary>What the directory's files are now; valid after <see cref="Write"/>.</summary>
    public StatCache Cache { get; } = new();

    /// <summary>The tree, its objects written; the parent's own tree when nothing changed.</summary>
    public Tree Write()
    {
        // What is carried along unmanaged is neither looked at nor deleted.
        foreach (var (path, stat) in new FileWalk(directory, before.Keys.ToHashSet(StringComparer.Ordinal), ignores).Files())
            if (!before.TryGetValue(path, out var old) || old.Managed)
                Add(path, Path.Combine(directory, path), stat);

        var definition = TreeDefinition.From(parent.Tree);
        var changed = false;
        foreach (var (path, file) in before)
            if (file.Managed && !after.ContainsKey(path))
            {
                definition.Remove(path);
                changed = true;
            }

        foreach (var (path, (id, mode)) in after)
            if (!before.TryGetValue(path, out var old) || old.Id != id || old.Mode != mode)
            {
                definition.Add(path, repository.Lookup<Blob>(id), mode);
                changed = true;
            }

        return changed ? repository.ObjectDatabase.CreateTree(definition) : parent.Tree;
    }

    private void Add(string path, string full, FileStat stat)
    {
        var sha = known.Find(path, stat);
        var id = sha is null ? Store(full, stat.Kind) : new ObjectId(sha);
        Cache.Put(path, stat, id.Sha);
        after[path] = (id, stat.Kind == FileKind.SymbolicLink ? Mode.SymbolicLink : stat.Executable ? Mode.ExecutableFile : Mode.NonExecutableFile);
    }

    private ObjectId Store(string full, FileKind kind)
    {
        using Stream content = kind == FileKind.SymbolicLink
            ? new MemoryStream(Encoding.UTF8.GetBytes(new FileInfo(full).LinkTarget ?? ""))
            : new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return repository.ObjectDatabase.CreateBlob(content).Id;
    }
}
