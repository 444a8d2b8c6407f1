using System.Globalization;
using System.Text.RegularExpressions;

namespace Navi.Agent.Tools.Editing;

/// <summary>
/// Unified diffs, as <c>git diff</c> and <c>diff -u</c> print them. What is not understood is refused: a part left out in silence would be a
/// wrong edit. Errors are <see cref="FormatException"/> with a message for the model.
/// </summary>
internal static partial class UnifiedFormat
{
    /// <summary>Whether a line can be the first of such a patch.</summary>
    public static bool Begins(string[] lines, int i) => GitHeader.Is(lines[i]) || IsHeader(lines, i) || HunkHeader().IsMatch(lines[i]);

    /// <param name="lines">Without their ends.</param>
    /// <param name="ends">What ends them; empty where that says nothing of the file's lines.</param>
    public static IReadOnlyList<FilePatch> Parse(string[] lines, string[] ends)
    {
        var files = new List<FilePatch>();
        for (var i = 0; i < lines.Length;)
        {
            var header = GitHeader.Is(lines[i]) ? GitHeader.Read(lines, ref i) : null;
            if (i < lines.Length && IsHeader(lines, i))
            {
                var (oldPath, newPath) = Paths(lines[i], lines[i + 1]);
                i += 2;
                files.Add(new(oldPath, newPath, Hunks(lines, ends, ref i, (newPath ?? oldPath)!)) { Executable = header?.Executable });
            }
            else if (header?.WithoutHunks() is { } whole)
            {
                files.Add(whole);
            }
            else if (header is null)
            {
                if (lines[i].StartsWith("@@", StringComparison.Ordinal))
                    throw new FormatException($"'{BoundedText.Brief(lines[i])}' begins no hunk: it needs '--- a/path' and '+++ b/path' before it, and the form '@@ -line,count +line,count @@'.");
                i++;
            }
            else if (i < lines.Length && lines[i].StartsWith("@@", StringComparison.Ordinal))
            {
                throw new FormatException("A file of the patch has no '--- a/path' and '+++ b/path' lines before its hunks.");
            }
        }

        return files.Count > 0 ? files : throw new FormatException("The patch names no file; expected '--- a/path', '+++ b/path' and hunks that begin with '@@'.");
    }

    private static bool IsHeader(string[] lines, int i) =>
        lines[i].StartsWith("--- ", StringComparison.Ordinal) && i + 1 < lines.Length && lines[i + 1].StartsWith("+++ ", StringComparison.Ordinal);

    private static List<PatchHunk> Hunks(string[] lines, string[] ends, ref int i, string path)
    {
        var hunks = new List<PatchHunk>();
        while (i < lines.Length && HunkHeader().Match(lines[i]) is { Success: true } header)
        {
            i++;
            var content = new List<HunkLine>();
            int Count(int group) => header.Groups[group].Success ? int.Parse(header.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 1;
            var (left, right) = (Count(2), Count(3));
            while (i < lines.Length && (left > 0 || right > 0))
            {
                // An empty context line often loses its blank on the way.
                var line = lines[i].Length == 0 ? " " : lines[i];
                if (line[0] is not (' ' or '-' or '+' or '\\'))
                    break;
                var end = ends[i++];
                if (line[0] == '\\')
                    continue;
                left -= line[0] == '+' ? 0 : 1;
                right -= line[0] == '-' ? 0 : 1;
                var last = i < lines.Length && lines[i].StartsWith('\\');
                content.Add(last ? new(line[0], line[1..] + (end == "\r\n" ? "\r" : ""), NoNewline: true) : new(line[0], line[1..]) { End = end });
            }

            if (i < lines.Length && lines[i].StartsWith('\\'))
                i++;
            if (left != 0 || right != 0 || GoesOn(lines, ref i))
                throw new FormatException($"Hunk {hunks.Count + 1} of '{path}' has other numbers of lines than its header says ('{header.Value}').");
            // Without any CR it tells nothing: most who write patches leave it out.
            if (!content.Exists(line => line.End == "\r\n"))
                content = content.ConvertAll(line => line with { End = "" });
            hunks.Add(new(content) { OldStart = int.Parse(header.Groups[1].ValueSpan, CultureInfo.InvariantCulture) });
        }

        return hunks.Count > 0 ? hunks : throw new FormatException($"The patch has no hunk for '{path}'; a hunk begins with '@@ -line,count +line,count @@'.");
    }

    // Lines beyond those that a header counts would be left out in silence. Empty ones are passed over; a mail's signature is none of them.
    private static bool GoesOn(string[] lines, ref int i)
    {
        while (i < lines.Length && lines[i].Length == 0)
            i++;
        return i < lines.Length && lines[i] is [' ' or '-' or '+', ..] && !IsHeader(lines, i) && lines[i].TrimEnd() is not ("--" or "");
    }

    private static (string? Old, string? New) Paths(string first, string second)
    {
        var (before, after) = (Read(first), Read(second));
        if (before is null && after is null)
            throw new FormatException("The patch has /dev/null on both sides of a file.");
        // git's prefixes come in pairs; what looks like one alone is a directory.
        var prefixed = (before is null || before.StartsWith("a/", StringComparison.Ordinal)) && (after is null || after.StartsWith("b/", StringComparison.Ordinal));
        return prefixed ? (before?[2..], after?[2..]) : (before, after);

        static string? Read(string line) => QuotedPath.OrPlain(line[4..].Split('\t')[0].TrimEnd()) is var path && path == "/dev/null" ? null : path;
    }

    [GeneratedRegex(@"^@@ -(\d{1,9})(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@")]
    private static partial Regex HunkHeader();
}
