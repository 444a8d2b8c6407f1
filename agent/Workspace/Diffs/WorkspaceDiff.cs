using System.Globalization;
using System.Text;
using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>
/// A patch in git's format (git-diff(1), "generating patch text"), written from the blobs' bytes: text in any encoding stays as it is,
/// binary files are named, full ids stand in the index lines. The same two trees always give the same bytes. A file moved without a change
/// is a rename.
/// </summary>
internal static class WorkspaceDiff
{
    private const int BinaryProbe = 8000;

    public static IReadOnlyList<FileChange> Changes(Tree from, Tree to)
    {
        var before = TreeFile.Flatten(from);
        var after = TreeFile.Flatten(to);
        var removed = before.Where(b => !after.ContainsKey(b.Key)).OrderBy(b => b.Key, StringComparer.Ordinal).ToList();
        var changes = new List<FileChange>();
        foreach (var (path, file) in after.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (before.TryGetValue(path, out var old))
            {
                if (old.Id != file.Id || old.Mode != file.Mode)
                    changes.Add(new(path, old, file, null));
                continue;
            }

            var source = removed.FindIndex(r => r.Value.Id == file.Id && r.Value.Mode == file.Mode && r.Value.Managed);
            changes.Add(source < 0 ? new(path, null, file, null) : new(path, removed[source].Value, file, removed[source].Key));
            if (source >= 0)
                removed.RemoveAt(source);
        }

        changes.AddRange(removed.Select(r => new FileChange(r.Key, r.Value, null, null)));
        return [.. changes.OrderBy(c => c.Path, StringComparer.Ordinal)];
    }

    public static byte[] Patch(Repository repository, Tree from, Tree to)
    {
        using var patch = new MemoryStream();
        foreach (var change in Changes(from, to))
            Write(patch, repository, change);
        return patch.ToArray();
    }

    private static void Write(MemoryStream patch, Repository repository, FileChange change)
    {
        var oldName = Quoted("a/" + (change.OldPath ?? change.Path));
        var newName = Quoted("b/" + change.Path);
        Line(patch, $"diff --git {oldName} {newName}");
        if (change.Before is null)
            Line(patch, $"new file mode {Octal(change.After!.Mode)}");
        else if (change.After is null)
            Line(patch, $"deleted file mode {Octal(change.Before.Mode)}");
        else if (change.Before.Mode != change.After.Mode)
            Line(patch, $"old mode {Octal(change.Before.Mode)}\nnew mode {Octal(change.After.Mode)}");
        if (change.OldPath is not null)
            Line(patch, $"similarity index 100%\nrename from {Quoted(change.OldPath)}\nrename to {Quoted(change.Path)}");
        if (change.Before?.Id == change.After?.Id)
            return;

        var mode = change.Before?.Mode == change.After?.Mode ? " " + Octal(change.After!.Mode) : "";
        Line(patch, $"index {change.Before?.Id ?? ObjectId.Zero}..{change.After?.Id ?? ObjectId.Zero}{mode}");
        var before = Content(repository, change.Before);
        var after = Content(repository, change.After);
        var oldSide = change.Before is null ? "/dev/null" : oldName;
        var newSide = change.After is null ? "/dev/null" : newName;
        if (IsBinary(before) || IsBinary(after))
        {
            Line(patch, $"Binary files {oldSide} and {newSide} differ");
            return;
        }

        var hunks = UnifiedHunks.Of(before, after);
        if (hunks.Length == 0)
            return;
        Line(patch, $"--- {oldSide}\n+++ {newSide}");
        patch.Write(hunks);
    }

    // A submodule has no blob; git shows its commit as text.
    private static byte[] Content(Repository repository, TreeFile? file)
    {
        if (file is null)
            return [];
        if (file.Mode == Mode.GitLink)
            return Encoding.ASCII.GetBytes($"Subproject commit {file.Id}\n");
        using var content = repository.Lookup<Blob>(file.Id).GetContentStream();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static bool IsBinary(byte[] content) => content.AsSpan(0, Math.Min(content.Length, BinaryProbe)).Contains((byte)0);

    private static string Octal(Mode mode) => Convert.ToString((int)mode, 8).PadLeft(6, '0');

    private static void Line(MemoryStream patch, string text)
    {
        patch.Write(Encoding.UTF8.GetBytes(text));
        patch.WriteByte((byte)'\n');
    }

    // git quotes names with control characters, quotes and backslashes as C does; other characters stay readable.
    private static string Quoted(string name)
    {
        if (!name.Any(c => c is < ' ' or '"' or '\\' or '\x7f'))
            return name;
        var quoted = new StringBuilder("\"");
        foreach (var c in name)
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                < ' ' or '\x7f' => "\\" + Convert.ToString(c, 8).PadLeft(3, '0'),
                _ => c.ToString(CultureInfo.InvariantCulture),
            });
        return quoted.Append('"').ToString();
    }
}
