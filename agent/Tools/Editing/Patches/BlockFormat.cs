using System.Text.RegularExpressions;

namespace Navi.Agent.Tools.Editing;

/// <summary>
/// Search/replace blocks: a path on a line of its own, then <c>&lt;&lt;&lt;&lt;&lt;&lt;&lt; SEARCH</c>, the old lines, <c>=======</c>, the new lines and
/// <c>&gt;&gt;&gt;&gt;&gt;&gt;&gt; REPLACE</c>. A block without a path is for the file before it; with nothing to search it makes the file.
/// </summary>
internal static partial class BlockFormat
{
    public static bool Is(string[] lines) => lines.Any(line => Opening().IsMatch(line));

    public static IReadOnlyList<FilePatch> Parse(string[] lines, Func<string, bool> exists)
    {
        var files = new List<(string Path, List<EditRequest> Blocks)>();
        var before = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!Opening().IsMatch(lines[i]))
            {
                before.Add(lines[i]);
                continue;
            }

            var path = PathIn(before) ?? (files.Count > 0 ? files[^1].Path : throw new FormatException("The first block has no path; write it on a line of its own before '<<<<<<< SEARCH'."));
            before.Clear();
            i++;
            var old = Take(lines, ref i, Middle(), path, "=======");
            var added = Take(lines, ref i, Closing(), path, ">>>>>>> REPLACE");
            i--;
            if (files.Count == 0 || files[^1].Path != path)
                files.Add((path, []));
            files[^1].Blocks.Add(new(old, added));
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

    // The last line that is neither empty nor a fence; models put it in backticks or make it a heading.
    private static string? PathIn(List<string> before)
    {
        var line = before.LastOrDefault(text => !string.IsNullOrWhiteSpace(text) && !text.TrimStart().StartsWith("```", StringComparison.Ordinal) && !text.TrimStart().StartsWith("~~~", StringComparison.Ordinal));
        return line?.Trim().Trim('`', '*', '#', ':').Trim() is { Length: > 0 } path ? path : null;
    }

    private static string Take(string[] lines, ref int i, Regex until, string path, string mark)
    {
        var from = i;
        while (i < lines.Length && !until.IsMatch(lines[i]))
            i++;
        if (i == lines.Length)
            throw new FormatException($"A block for '{path}' has no line '{mark}'.");
        return string.Concat(lines[from..i++].Select(line => line + "\n"));
    }

    [GeneratedRegex(@"^<{5,9} ?(?:SEARCH|ORIGINAL|HEAD)?\s*$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^={5,9}\s*$")]
    private static partial Regex Middle();

    [GeneratedRegex(@"^>{5,9} ?(?:REPLACE|UPDATED)?\s*$")]
    private static partial Regex Closing();
}
