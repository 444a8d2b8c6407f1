namespace Navi.Agent.Tools.Editing;

/// <summary>What git says of a file before its hunks, after <c>diff --git</c>.</summary>
internal sealed class GitHeader
{
    private const string Start = "diff --git ";

    /// <summary>The path that both sides have; null when git quotes it, or the sides differ.</summary>
    public string? Path { get; private init; }

    public string? RenamedFrom { get; private set; }

    public string? RenamedTo { get; private set; }

    public bool IsNew { get; private set; }

    public bool IsGone { get; private set; }

    public bool? Executable { get; private set; }

    public static bool Is(string line) => line.StartsWith(Start, StringComparison.Ordinal) || line.StartsWith("rename from ", StringComparison.Ordinal);

    /// <summary>Reads the header that begins at a line, and goes on to the line after it.</summary>
    public static GitHeader Read(string[] lines, ref int i)
    {
        var header = new GitHeader { Path = lines[i].StartsWith(Start, StringComparison.Ordinal) ? PathOf(lines[i++][Start.Length..]) : null };
        while (i < lines.Length && header.Take(lines[i]))
            i++;
        return header;
    }

    /// <summary>What it says by itself, without hunks; null when it says nothing of the file.</summary>
    public FilePatch? WithoutHunks() => (RenamedFrom, RenamedTo) switch
    {
        ({ } from, { } to) => new(from, to, []) { Executable = Executable },
        _ when Path is null => null,
        _ when IsNew => new(null, Path, [new PatchHunk([]) { OldStart = 0 }]) { Executable = Executable },
        _ when IsGone => new(Path, null, []),
        _ when Executable is not null => new(Path, Path, []) { Executable = Executable },
        _ => null,
    };

    private bool Take(string line)
    {
        string? After(string mark) => line.StartsWith(mark, StringComparison.Ordinal) ? line[mark.Length..] : null;
        if (After("rename from ") is { } from)
            RenamedFrom = QuotedPath.OrPlain(from);
        else if (After("rename to ") is { } to)
            RenamedTo = QuotedPath.OrPlain(to);
        else if (After("new file mode ") is { } made)
            (IsNew, Executable) = (true, made.Trim() == "100755" ? true : null);
        else if (After("deleted file mode ") is not null)
            IsGone = true;
        else if (After("new mode ") is { } mode)
            Executable = mode.Trim() == "100755";
        else if (After("copy ") is not null)
            throw new FormatException("The patch copies a file, which can't be applied; create the new file instead.");
        else if (After("GIT binary patch") is not null || (After("Binary files ") is not null && line.EndsWith(" differ", StringComparison.Ordinal)))
            throw new FormatException("The patch changes a binary file, which can't be applied.");
        else
            return After("index ") is not null || After("similarity index ") is not null || After("dissimilarity index ") is not null || After("old mode ") is not null;
        return true;
    }

    // a/PATH b/PATH: both are the same, unless "rename" says otherwise.
    private static string? PathOf(string sides)
    {
        var length = (sides.Length - 1) / 2;
        return sides.Length > 5 && sides[length] == ' ' && sides[..2] == "a/" && sides[(length + 1)..].StartsWith("b/", StringComparison.Ordinal) && sides[2..length] == sides[(length + 3)..]
            ? sides[2..length]
            : null;
    }
}
