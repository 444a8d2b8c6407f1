using System.Globalization;

namespace Navi.Cli.Output;

/// <summary>How many lines a unified diff of git adds and removes, by file.</summary>
internal sealed record DiffStat(IReadOnlyList<DiffStat.FileStat> Files)
{
    /// <summary>One file; binary files have no lines.</summary>
    public sealed record FileStat(string Path, int Added, int Removed, bool IsBinary);

    public string Sentence => string.Create(
        CultureInfo.InvariantCulture,
        $"{Files.Count} {(Files.Count == 1 ? "file" : "files")} changed, {Files.Sum(f => f.Added)} added and {Files.Sum(f => f.Removed)} removed lines");

    public static DiffStat Of(string diff)
    {
        var files = new List<FileStat>();
        // Inside a hunk a removed line "-- x" looks like a file header: the hunk's own counts decide.
        var (old, @new) = (0, 0);
        foreach (var line in diff.Split('\n'))
        {
            if (old > 0 || @new > 0)
            {
                var kind = line.Length == 0 ? ' ' : line[0];
                (old, @new) = kind switch { '+' => (old, @new - 1), '-' => (old - 1, @new), '\\' => (old, @new), _ => (old - 1, @new - 1) };
                if (files.Count > 0 && kind is '+' or '-')
                    files[^1] = kind == '+' ? files[^1] with { Added = files[^1].Added + 1 } : files[^1] with { Removed = files[^1].Removed + 1 };
            }
            else if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                files.Add(new FileStat(PathOf(line["diff --git ".Length..]), 0, 0, false));
            }
            else if (line.StartsWith("@@ -", StringComparison.Ordinal))
            {
                (old, @new) = Counts(line);
            }
            else if (files.Count > 0 && (line.StartsWith("Binary files ", StringComparison.Ordinal) || line == "GIT binary patch"))
            {
                files[^1] = files[^1] with { IsBinary = true };
            }
            else if (files.Count > 0 && line.StartsWith("rename to ", StringComparison.Ordinal))
            {
                files[^1] = files[^1] with { Path = line["rename to ".Length..] };
            }
        }
        return new DiffStat(files);
    }

    public static void Show(Screen screen, string diff)
    {
        var stat = Of(diff);
        if (stat.Files.Count > 0)
            screen.Table(["FILE", "ADDED", "REMOVED"], stat.Files.Select(f => (IReadOnlyList<string>)[f.Path, f.IsBinary ? "binary" : $"+{f.Added}", f.IsBinary ? "" : $"-{f.Removed}"]));
        screen.Line(stat.Sentence, Tone.Strong);
    }

    // Both names are the same unless it is a rename, which says its own: half of "a/x b/x".
    private static string PathOf(string names) => names.Length > 5 && names.StartsWith("a/", StringComparison.Ordinal) ? names[(names.Length / 2 + 3)..] : names;

    private static (int Old, int New) Counts(string header)
    {
        var parts = header.Split(' ');
        return parts.Length < 3 ? (0, 0) : (Count(parts[1]), Count(parts[2]));

        static int Count(string range) => range.Split(',') is [_, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 1;
    }
}
