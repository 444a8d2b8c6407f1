using System.Globalization;
using System.Text.RegularExpressions;

namespace Navi.Agent.Tools.Files;

/// <summary>Reads unified diffs and applies them. Errors are <see cref="FormatException"/> with a message for the model.</summary>
internal static partial class UnifiedPatch
{
    public static IReadOnlyList<FilePatch> Parse(string patch)
    {
        var lines = TextFile.Lines(patch);
        var files = new List<FilePatch>();
        string? renameFrom = null;
        for (var i = 0; i < lines.Length;)
        {
            if (lines[i].StartsWith("rename from ", StringComparison.Ordinal))
                renameFrom = lines[i++]["rename from ".Length..];
            else if (renameFrom is not null && lines[i].StartsWith("rename to ", StringComparison.Ordinal))
            {
                files.Add(new(renameFrom, lines[i++]["rename to ".Length..], []));
                renameFrom = null;
            }
            else if (lines[i].StartsWith("--- ", StringComparison.Ordinal) && i + 1 < lines.Length && lines[i + 1].StartsWith("+++ ", StringComparison.Ordinal))
            {
                var (oldPath, newPath) = (PathOf(lines[i], "a/"), PathOf(lines[i + 1], "b/"));
                i += 2;
                var hunks = Hunks(lines, ref i, newPath ?? oldPath);
                if (files is [.., { Hunks.Count: 0 } moved] && moved.OldPath == oldPath && moved.NewPath == newPath)
                    files.RemoveAt(files.Count - 1);
                files.Add(new(oldPath, newPath, hunks));
            }
            else
                i++;
        }

        if (files.Count == 0)
            throw new FormatException("The patch names no file; expected '--- a/path', '+++ b/path' and hunks that begin with '@@'.");
        return files.Any(f => f is { OldPath: null, NewPath: null })
            ? throw new FormatException("The patch has /dev/null on both sides of a file.")
            : files;
    }

    public static string Apply(FilePatch patch, string text)
    {
        var ends = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var noNewline = text.Length > 0 && !text.EndsWith('\n');
        var lines = TextFile.Lines(text).ToList();
        var offset = 0;
        foreach (var (index, hunk) in patch.Hunks.Index())
        {
            var old = hunk.Lines.Where(l => l.Sign != '+').Select(l => l.Text).ToList();
            var replacement = hunk.Lines.Where(l => l.Sign != '-').ToList();
            var wanted = Math.Max(0, hunk.OldStart - (old.Count == 0 ? 0 : 1)) + offset;
            var at = Find(lines, old, wanted);
            if (at < 0)
                throw new FormatException($"Hunk {index + 1} of '{patch.NewPath ?? patch.OldPath}' does not match: its lines are not in the file near line {hunk.OldStart}. Read the file and write the hunk again.");
            var reachesEnd = at + old.Count == lines.Count;
            lines.RemoveRange(at, old.Count);
            lines.InsertRange(at, replacement.Select(l => l.Text));
            if (reachesEnd)
                noNewline = replacement is [.., { NoNewline: true }];
            offset += replacement.Count - old.Count;
        }

        return string.Join(ends, lines) + (lines.Count == 0 || noNewline ? "" : ends);
    }

    // The nearest place where all old lines stand: models count lines badly.
    private static int Find(List<string> lines, List<string> old, int wanted)
    {
        bool At(int start) => start >= 0 && start + old.Count <= lines.Count && !old.Where((l, i) => lines[start + i] != l).Any();
        if (old.Count == 0)
            return Math.Clamp(wanted, 0, lines.Count);
        var from = Math.Clamp(wanted, 0, lines.Count);
        for (var distance = 0; distance <= lines.Count; distance++)
        {
            if (At(from - distance))
                return from - distance;
            if (At(from + distance))
                return from + distance;
        }

        return -1;
    }

    private static List<PatchHunk> Hunks(string[] lines, ref int i, string? path)
    {
        var hunks = new List<PatchHunk>();
        while (i < lines.Length && HunkHeader().Match(lines[i]) is { Success: true } header)
        {
            i++;
            var content = new List<(char, string, bool)>();
            int Count(int group) => header.Groups[group].Success ? int.Parse(header.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 1;
            var (left, right) = (Count(2), Count(3));
            while (i < lines.Length && (left > 0 || right > 0))
            {
                // An empty context line often loses its blank on the way.
                var line = lines[i].Length == 0 ? " " : lines[i];
                if (line[0] is not (' ' or '-' or '+' or '\\'))
                    break;
                i++;
                if (line[0] == '\\')
                    continue;
                left -= line[0] == '+' ? 0 : 1;
                right -= line[0] == '-' ? 0 : 1;
                content.Add((line[0], line[1..], i < lines.Length && lines[i].StartsWith('\\')));
            }

            if (left != 0 || right != 0)
                throw new FormatException($"Hunk {hunks.Count + 1} of '{path}' has other numbers of lines than its header says ('{header.Value}').");
            if (i < lines.Length && lines[i].StartsWith('\\'))
                i++;
            hunks.Add(new(int.Parse(header.Groups[1].ValueSpan, CultureInfo.InvariantCulture), content));
        }

        return hunks.Count > 0 ? hunks : throw new FormatException($"The patch has no hunk for '{path}'; a hunk begins with '@@ -line,count +line,count @@'.");
    }

    private static string? PathOf(string line, string prefix)
    {
        var path = line[4..].Split('\t')[0].TrimEnd();
        if (path is ['"', .., '"'])
            path = Regex.Unescape(path[1..^1]);
        return path == "/dev/null" ? null : path.StartsWith(prefix, StringComparison.Ordinal) ? path[2..] : path;
    }

    [GeneratedRegex(@"^@@ -(\d{1,9})(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@")]
    private static partial Regex HunkHeader();
}
