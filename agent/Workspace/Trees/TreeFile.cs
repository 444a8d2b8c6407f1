using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>One file of a commit.</summary>
/// <param name="Id">The blob, or the commit of a submodule.</param>
/// <param name="Mode">Regular, executable, symbolic link or submodule.</param>
/// <param name="Managed">
/// False for what is carried along but never laid out in a directory: submodules, and names that are dangerous or not valid UTF-8.
/// </param>
internal sealed record TreeFile(ObjectId Id, Mode Mode, bool Managed)
{
    /// <summary>All files of a tree by path, in the tree's order.</summary>
    public static Dictionary<string, TreeFile> Flatten(Tree tree)
    {
        var files = new Dictionary<string, TreeFile>(StringComparer.Ordinal);
        Add(tree, "", managed: true, files);
        return files;
    }

    private static void Add(Tree tree, string prefix, bool managed, Dictionary<string, TreeFile> files)
    {
        foreach (var entry in tree)
        {
            var path = prefix + entry.Name;
            var safe = managed && IsSafe(entry.Name);
            if (entry.TargetType == TreeEntryTargetType.Tree)
                Add((Tree)entry.Target, path + "/", safe, files);
            else
                files[path] = new(entry.Target.Id, entry.Mode,
                    safe && entry.TargetType == TreeEntryTargetType.Blob);
        }
    }

    private static bool IsSafe(string name) =>
        name is not ("" or "." or "..") && !name.Equals(".git", StringComparison.OrdinalIgnoreCase) && name.IndexOfAny(['/', '\0', '\uFFFD']) < 0;
}
