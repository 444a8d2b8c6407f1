namespace Navi.Agent.Tools.Editing;

/// <summary>
/// Patches between <c>*** Begin Patch</c> and <c>*** End Patch</c>, the format that several models are trained to write: files by
/// <c>*** Update File:</c>, <c>*** Add File:</c>, <c>*** Delete File:</c> and <c>*** Move to:</c>, hunks after <c>@@</c> with a line of the file
/// instead of line numbers.
/// </summary>
internal static class EnvelopeFormat
{
    private const string Begin = "*** Begin Patch";
    private const string End = "*** End Patch";
    private const string Update = "*** Update File:";
    private const string Added = "*** Add File:";
    private const string Deleted = "*** Delete File:";
    private const string Moved = "*** Move to:";
    private const string EndOfFile = "*** End of File";

    /// <summary>Whether a line can be the first of such a patch.</summary>
    public static bool Begins(string line) =>
        line.TrimEnd() == Begin || line.StartsWith(Update, StringComparison.Ordinal) || line.StartsWith(Added, StringComparison.Ordinal) || line.StartsWith(Deleted, StringComparison.Ordinal);

    public static IReadOnlyList<FilePatch> Parse(string[] lines)
    {
        // Text that was cut off has no end.
        if (lines.Any(line => line.TrimEnd() == Begin) && !lines.Any(line => line.TrimEnd() == End))
            throw new FormatException($"The patch has no line '{End}': it is not whole.");
        var files = new List<FilePatch>();
        for (var i = Array.FindIndex(lines, Begins); i >= 0 && i < lines.Length;)
        {
            var line = lines[i++];
            if (line.TrimEnd() == End)
                break;
            if (line.TrimEnd() == Begin || string.IsNullOrWhiteSpace(line) || line.StartsWith("```", StringComparison.Ordinal))
                continue;
            if (Value(line, Deleted) is { } gone)
                files.Add(new(gone, null, []));
            else if (Value(line, Added) is { } made)
                files.Add(new(null, made, [Whole(lines, ref i, made)]));
            else if (Value(line, Update) is { } changed)
                files.Add(Changed(lines, ref i, changed));
            else
                throw new FormatException($"'{BoundedText.Brief(line)}' is not part of a file; expected '{Update} path', '{Added} path' or '{Deleted} path'.");
        }

        return files.Count > 0 ? files : throw new FormatException($"The patch names no file; expected '{Update} path', '{Added} path' or '{Deleted} path'.");
    }

    private static PatchHunk Whole(string[] lines, ref int i, string path)
    {
        var content = new List<HunkLine>();
        for (; i < lines.Length && !IsMark(lines[i]); i++)
        {
            if (!lines[i].StartsWith('+'))
                throw new FormatException($"'{path}' is added, so each of its lines begins with '+'; got '{BoundedText.Brief(lines[i])}'.");
            content.Add(new('+', lines[i][1..]));
        }

        return new(content) { OldStart = 0 };
    }

    private static FilePatch Changed(string[] lines, ref int i, string path)
    {
        var target = path;
        if (i < lines.Length && Value(lines[i], Moved) is { } to)
            (target, i) = (to, i + 1);
        var hunks = new List<PatchHunk>();
        while (i < lines.Length && (!IsMark(lines[i]) || lines[i].TrimEnd() == EndOfFile))
        {
            var anchors = new List<string>();
            for (; i < lines.Length && lines[i].StartsWith("@@", StringComparison.Ordinal); i++)
            {
                // Numbers of lines, as the other format has them, are no line of the file.
                if (lines[i][2..].Trim() is { Length: > 0 } anchor && anchor is not ['-', >= '0' and <= '9', ..])
                    anchors.Add(anchor.EndsWith(" @@", StringComparison.Ordinal) ? anchor[..^3] : anchor);
            }

            var content = new List<HunkLine>();
            for (; i < lines.Length && !IsMark(lines[i]) && !lines[i].StartsWith("@@", StringComparison.Ordinal); i++)
                content.Add(lines[i] is [' ' or '-' or '+', ..] ? new(lines[i][0], lines[i][1..]) : lines[i].Length == 0 ? new(' ', "") : throw new FormatException($"A line of '{path}' begins with none of ' ', '-' and '+': '{BoundedText.Brief(lines[i])}'."));
            // Empty lines before the next mark belong to nobody.
            for (var last = i - 1; content.Count > 0 && lines[last].Length == 0; last--)
                content.RemoveAt(content.Count - 1);
            var atEnd = i < lines.Length && lines[i].TrimEnd() == EndOfFile;
            if (atEnd)
                i++;
            if (content.Count == 0)
                throw new FormatException($"A hunk of '{path}' has no lines.");
            hunks.Add(new(content) { Anchors = anchors, AtEnd = atEnd });
        }

        return hunks.Count > 0 || target != path ? new(path, target, hunks) : throw new FormatException($"The patch has no hunk for '{path}'.");
    }

    private static bool IsMark(string line) => line.StartsWith("*** ", StringComparison.Ordinal);

    private static string? Value(string line, string mark) => line.StartsWith(mark, StringComparison.Ordinal) && line[mark.Length..].Trim() is { Length: > 0 } value ? value : null;
}
