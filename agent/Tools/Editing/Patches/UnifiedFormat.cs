using System.Globalization;
using System.Text.RegularExpressions;

namespace Navi.Agent.Tools.Editing;

/// <summary>Unified diffs, as <c>git diff</c> and <c>diff -u</c> print them. Errors are <see cref="FormatException"/> with a message for the model.</summary>
internal static partial class UnifiedFormat
{
    public static bool Is(string[] lines) => lines.Any(line => line.StartsWith("rename from ", StringComparison.Ordinal) || HunkHeader().IsMatch(line)) || lines.Index().Any(line => IsHeader(lines, line.Index));

    /// <param name="lines">Without their ends.</param>
    /// <param name="windows">Which of them end with CR and LF, where that says something of the file's lines.</param>
    public static IReadOnlyList<FilePatch> Parse(string[] lines, bool[] windows)
    {
        var files = new List<FilePatch>();
        string? renameFrom = null;
        for (var i = 0; i < lines.Length;)
        {
            if (lines[i].StartsWith("rename from ", StringComparison.Ordinal))
            {
                renameFrom = lines[i++]["rename from ".Length..];
            }
            else if (renameFrom is not null && lines[i].StartsWith("rename to ", StringComparison.Ordinal))
            {
                files.Add(new(renameFrom, lines[i++]["rename to ".Length..], []));
                renameFrom = null;
            }
            else if (IsHeader(lines, i))
            {
                var (oldPath, newPath) = (PathOf(lines[i], "a/"), PathOf(lines[i + 1], "b/"));
                i += 2;
                if (oldPath is null && newPath is null)
                    throw new FormatException("The patch has /dev/null on both sides of a file.");
                var hunks = Hunks(lines, windows, ref i, (newPath ?? oldPath)!);
                if (files is [.., { Hunks.Count: 0 } moved] && moved.OldPath == oldPath && moved.NewPath == newPath)
                    files.RemoveAt(files.Count - 1);
                files.Add(new(oldPath, newPath, hunks));
            }
            else
            {
                i++;
            }
        }

        return files.Count > 0 ? files : throw new FormatException("The patch names no file; expected '--- a/path', '+++ b/path' and hunks that begin with '@@'.");
    }

    private static bool IsHeader(string[] lines, int i) =>
        lines[i].StartsWith("--- ", StringComparison.Ordinal) && i + 1 < lines.Length && lines[i + 1].StartsWith("+++ ", StringComparison.Ordinal);

    private static List<PatchHunk> Hunks(string[] lines, bool[] windows, ref int i, string path)
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
                var cr = windows[i++];
                if (line[0] == '\\')
                    continue;
                left -= line[0] == '+' ? 0 : 1;
                right -= line[0] == '-' ? 0 : 1;
                var last = i < lines.Length && lines[i].StartsWith('\\');
                content.Add(last ? new(line[0], line[1..] + (cr ? "\r" : ""), NoNewline: true) : new(line[0], line[1..]) { End = cr ? "\r\n" : "\n" });
            }

            // More lines than it says would be left out in silence. A mail's signature is none of them.
            var more = i < lines.Length && lines[i] is ['-' or '+', ..] && !IsHeader(lines, i) && lines[i].TrimEnd() != "--";
            if (left != 0 || right != 0 || more)
                throw new FormatException($"Hunk {hunks.Count + 1} of '{path}' has other numbers of lines than its header says ('{header.Value}').");
            if (i < lines.Length && lines[i].StartsWith('\\'))
                i++;
            // Without any CR it tells nothing: most who write patches leave it out.
            if (!content.Exists(line => line.End == "\r\n"))
                content = content.ConvertAll(line => line with { End = "" });
            hunks.Add(new(content) { OldStart = int.Parse(header.Groups[1].ValueSpan, CultureInfo.InvariantCulture) });
        }

        return hunks.Count > 0 ? hunks : throw new FormatException($"The patch has no hunk for '{path}'; a hunk begins with '@@ -line,count +line,count @@'.");
    }

    private static string? PathOf(string line, string prefix)
    {
        var path = line[4..].Split('\t')[0].TrimEnd();
        if (path is ['"', .., '"'])
            path = QuotedPath.Read(path[1..^1]);
        return path == "/dev/null" ? null : path.StartsWith(prefix, StringComparison.Ordinal) ? path[2..] : path;
    }

    [GeneratedRegex(@"^@@ -(\d{1,9})(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@")]
    private static partial Regex HunkHeader();
}
