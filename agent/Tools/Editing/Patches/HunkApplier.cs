namespace Navi.Agent.Tools.Editing;

/// <summary>
/// Puts the hunks of one file into its text. A hunk goes where its old lines stand, as exactly as they do anywhere and as near as can be to
/// where it says; what they differ in stays as the file has it. Where they stand nowhere, up to two lines of context at its ends are not asked for.
/// </summary>
internal static class HunkApplier
{
    private const int MostFuzz = 2;

    public static string Apply(FilePatch patch, string text)
    {
        var lines = LineText.Of(text);
        // What earlier hunks have moved, and where they end.
        var (moved, done) = (0, 0);
        foreach (var (index, hunk) in patch.Hunks.Index())
        {
            var from = After(lines, hunk, done, patch.Path, index);
            var wanted = hunk.OldStart is { } start ? Math.Max(0, start - (hunk.Lines.All(line => line.Sign == '+') ? 0 : 1)) + moved : from;
            var (place, content) = Place(lines, hunk, from, wanted) ?? throw new FormatException(Missing(lines, patch.Path, index, hunk));
            var before = lines.Count;
            done = Put(lines, place, content);
            moved += lines.Count - before;
        }

        return lines.ToString();
    }

    private static int After(LineText lines, PatchHunk hunk, int done, string path, int index)
    {
        foreach (var anchor in hunk.Anchors)
        {
            var at = Enumerable.Range(done, Math.Max(0, lines.Count - done)).FirstOrDefault(n => LineComparer.Same(lines[n], anchor, Tolerance.Blanks), -1);
            if (at < 0)
                throw new FormatException($"Hunk {index + 1} of '{path}': its line '{BoundedText.Brief(anchor)}' is not in the file{(done > 0 ? " after the hunk before" : "")}.");
            done = at + 1;
        }

        // Numbered hunks of models are not always in order.
        return hunk.OldStart is null ? done : 0;
    }

    private static (BlockMatch Place, IReadOnlyList<HunkLine> Content)? Place(LineText lines, PatchHunk hunk, int from, int wanted)
    {
        for (var fuzz = 0; fuzz <= MostFuzz; fuzz++)
        {
            var (head, tail) = (Context(hunk.Lines, fuzz), Context(hunk.Lines.Reverse(), fuzz));
            if (fuzz > 0 && head < fuzz && tail < fuzz)
                break;
            HunkLine[] content = [.. hunk.Lines.Skip(head).Take(hunk.Lines.Count - head - tail)];
            string[] old = [.. content.Where(line => line.Sign != '+').Select(line => line.Text)];
            if (old.Length == 0)
                return fuzz > 0 ? null : (new(hunk.OldStart is null && hunk.Anchors.Count == 0 ? lines.Count : Math.Clamp(wanted, 0, lines.Count), 0, Tolerance.None, new()), content);
            var found = BlockFinder.Find(lines, old, from, fuzz == 0 ? Tolerance.Typography : Tolerance.TrailingBlanks);
            if (hunk.AtEnd)
                found = [.. found.Where(match => match.Start + match.Count == lines.Count)];
            if (found.MinBy(match => Math.Abs(match.Start - (wanted + head))) is { } nearest)
                return (nearest, content);
        }

        return null;
    }

    // How many lines of context stand at the beginning, up to a bound.
    private static int Context(IEnumerable<HunkLine> lines, int most) => lines.TakeWhile(line => line.Sign == ' ').Take(most).Count();

    /// <summary>Changes the lines; answers where the hunk ends.</summary>
    private static int Put(LineText lines, BlockMatch place, IReadOnlyList<HunkLine> content)
    {
        var at = place.Start;
        var told = ToldEnds(lines, place.Start, content);
        for (var n = 0; n < content.Count;)
        {
            if (content[n].Sign == ' ')
            {
                (at, n) = (at + 1, n + 1);
                continue;
            }

            var change = content.Skip(n).TakeWhile(line => line.Sign != ' ').ToList();
            var (gone, come) = (change.Where(line => line.Sign == '-').ToList(), change.Where(line => line.Sign == '+').ToList());
            bool? ends = come is [.., { NoNewline: true }] ? false : gone.Exists(line => line.NoNewline) ? true : null;
            lines.Replace(at, gone.Count, [.. come.Select(line => new Line(place.Indents.Apply(line.Text), told ? line.End : ""))], ends);
            (at, n) = (at + come.Count, n + change.Count);
        }

        return at;
    }

    // A patch that is wrong about the ends of lines that are there is not asked about others.
    private static bool ToldEnds(LineText lines, int start, IReadOnlyList<HunkLine> content)
    {
        var old = content.Where(line => line.Sign != '+').ToList();
        return old.Index().All(line => line.Item.NoNewline || lines.EndOf(start + line.Index) == line.Item.End);
    }

    private static string Missing(LineText lines, string path, int index, PatchHunk hunk)
    {
        string[] old = [.. hunk.Lines.Where(line => line.Sign != '+').Select(line => line.Text)];
        var where = hunk.OldStart is { } start ? $" near line {start}" : "";
        return $"Hunk {index + 1} of '{path}' does not match: its lines are not in the file{where}. {NearestBlock.Describe(lines, old) ?? "None of them is."}";
    }
}
