using System.Text.RegularExpressions;

namespace Navi.Agent.Tools.Editing;

/// <summary>
/// Search/replace blocks: a path on a line of its own, then <c>&lt;&lt;&lt;&lt;&lt;&lt;&lt; SEARCH</c>, the old lines, <c>=======</c>, the new lines and
/// <c>&gt;&gt;&gt;&gt;&gt;&gt;&gt; REPLACE</c>. A block without a path is for the file before it; with nothing to search it makes the file.
/// </summary>
internal static partial class BlockFormat
{
    /// <summary>Whether a line can begin a block.</summary>
    public static bool Begins(string line) => Opening().IsMatch(line);

    public static IReadOnlyList<FilePatch> Parse(string[] lines, Func<string, bool> exists)
    {
        var files = new List<(string Path, List<EditRequest> Blocks)>();
        var before = new List<string>();
        for (var i = 0; i < lines.Length;)
        {
            if (Opening().Match(lines[i]) is not { Success: true } opening)
            {
                before.Add(lines[i++]);
                continue;
            }

            var path = PathIn(before, exists) ?? (files.Count > 0 ? files[^1].Path : throw new FormatException("The first block has no path; write it on a line of its own before '<<<<<<< SEARCH'."));
            before.Clear();
            i++;
            // All marks of a block are of one length.
            var length = opening.Groups[1].Length;
            var old = Take(lines, ref i, new string('=', length), path, "=======");
            var added = Take(lines, ref i, new string('>', length), path, ">>>>>>> REPLACE");
            if (files.Count == 0 || files[^1].Path != path)
                files.Add((path, []));
            files[^1].Blocks.Add(new(old, added, WholeLines: true));
        }

        return [.. files.Select(file => Of(file.Path, file.Blocks, exists(file.Path)))];
    }

    private static FilePatch Of(string path, List<EditRequest> blocks, bool exists)
    {
        if (blocks[0].OldText.Length > 0)
            return new(path, path, []) { Blocks = blocks };
        if (exists)
            throw new FormatException($"The block for '{path}' searches nothing, which makes a file, and that file exists already.");
        HunkLine[] content = [.. TextFile.Lines(blocks[0].NewText).Select(line => new HunkLine('+', line))];
        return new(null, path, [new(content) { OldStart = 0 }]) { Blocks = blocks[1..] };
    }

    // The last line that can be a path: models put it in backticks, or make it a heading, and write sentences between blocks.
    private static string? PathIn(List<string> before, Func<string, bool> exists)
    {
        var line = before.LastOrDefault(text => !string.IsNullOrWhiteSpace(text) && !text.TrimStart().StartsWith("```", StringComparison.Ordinal) && !text.TrimStart().StartsWith("~~~", StringComparison.Ordinal));
        if (line?.Trim().Trim('`', '*', '#', ':').Trim() is not { Length: > 0 } path)
            return null;
        try
        {
            return !path.Any(char.IsWhiteSpace) || exists(path) ? path : null;
        }
        catch (PathRefusedException)
        {
            return null;
        }
    }

    // A mark inside the texts means that one before it is missing, or that the texts have such lines themselves: neither can be told.
    private static string Take(string[] lines, ref int i, string until, string path, string mark)
    {
        var from = i;
        for (; i < lines.Length && !IsMark(lines[i], until); i++)
        {
            if (Opening().IsMatch(lines[i]) || IsMark(lines[i], new string('=', until.Length)) || IsMark(lines[i], new string('>', until.Length)))
                throw new FormatException($"A block for '{path}' has a line '{BoundedText.Brief(lines[i])}' before its line '{mark}'. If the text itself has such a line, use edit_file.");
        }

        if (i == lines.Length)
            throw new FormatException($"A block for '{path}' has no line '{mark}'.");
        return string.Concat(lines[from..i++].Select(line => line + "\n"));
    }

    private static bool IsMark(string line, string mark) =>
        line.StartsWith(mark, StringComparison.Ordinal) && line[mark.Length..].Trim() is "" or "REPLACE" or "UPDATED";

    [GeneratedRegex(@"^(<{5,9}) ?(?:SEARCH|ORIGINAL)?\s*$")]
    private static partial Regex Opening();
}
