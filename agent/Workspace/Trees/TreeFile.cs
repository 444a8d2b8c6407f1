using System.Text;
using LibGit2Sharp;
using Navi.Agent.Tools;

namespace Navi.Agent.Workspace;

/// <summary>One file of a commit.</summary>
/// <param name="Id">The blob, or the commit of a submodule.</param>
/// <param name="Mode">Regular, executable, symbolic link or submodule.</param>
/// <param name="Managed">
/// False for what is carried along but never laid out in a directory: submodules, and names that are not valid UTF-8.
/// </param>
internal sealed record TreeFile(ObjectId Id, Mode Mode, bool Managed)
{
    // Leaves room for the workspace's own path below the kernel's 4,096 bytes, and bounds how deep directories nest.
    private const int MaxPathBytes = 3000;

    /// <summary>
    /// All files of a tree by path, in the tree's order. A tree that git itself would not make, such as one that names the same path twice,
    /// is refused: laying it out could write outside its directory.
    /// </summary>
    public static Dictionary<string, TreeFile> Flatten(Tree tree)
    {
        var files = new Dictionary<string, TreeFile>(StringComparer.Ordinal);
        Add(tree, "", managed: true, files);
        return files;
    }

    private static void Add(Tree tree, string prefix, bool managed, Dictionary<string, TreeFile> files)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in tree)
        {
            var path = prefix + entry.Name;
            // Different names that are not UTF-8 look the same here; they are never laid out.
            var readable = !entry.Name.Contains('\uFFFD', StringComparison.Ordinal);
            if (Fault(entry.Name) is { } fault)
                throw Refused(path, fault);
            if (Encoding.UTF8.GetByteCount(path) > MaxPathBytes)
                throw Refused(path, $"is longer than {MaxPathBytes} bytes");
            if (readable && !names.Add(entry.Name))
                throw Refused(path, "is there more than once");
            if (entry.TargetType == TreeEntryTargetType.Tree)
                Add(entry.Target as Tree ?? throw Refused(path, "is a directory without content"), path + "/", managed && readable, files);
            else
                files[path] = new(entry.Target.Id, entry.Mode, managed && readable && entry.TargetType == TreeEntryTargetType.Blob);
        }
    }

    private static string? Fault(string name) =>
        name is "" or "." or ".." ? "is not a file's name"
        : name.Equals(".git", StringComparison.OrdinalIgnoreCase) ? "is reserved for git"
        : name.IndexOfAny(['/', '\0']) >= 0 ? "holds a character that no name may hold"
        : null;

    private static WorkspaceException Refused(string path, string fault) =>
        new("unsafe_tree", $"The repository's files can't be laid out: '{BoundedText.Brief(path)}' {fault}. Repair the commit ('git fsck' lists what is wrong with it).");
}
