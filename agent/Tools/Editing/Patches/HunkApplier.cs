using System.Globalization;

namespace Navi.Agent.Tools.Editing;

/// <summary>
/// Puts the hunks of one file into its text. A hunk goes where its old lines stand, as exactly as they do anywhere and as near as can be to
/// where it says; what they differ in stays as the file has it. Where they differ, or where some of the context at the ends is not there, only
/// one place may fit, and it is said.
/// </summary>
internal static class HunkApplier
{
    // Lines of context at the beginning and the end that are not asked for.
    private static readonly (int Head, int Tail)[] Fuzz = [(0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (2, 2)];

    public static PatchedText Apply(FilePatch patch, string text)
    {
        var lines = LineText.Of(text);
        var notes = new List<string>();
        var moved = new List<(int Start, int By)>();
        var (done, last) = (0, 0);
        foreach (var (index, hunk) in patch.Hunks.Index())
        {
            var name = $"Hunk {index + 1} of '{patch.Path}'";
            // Numbered hunks of models are not always in order.
            var inOrder = hunk.OldStart is not { } start || start >= last;
            var from = hunk.OldStart is null ? After(lines, hunk, done, name) : inOrder ? done : 0;
            var wanted = hunk.OldStart is { } line ? Math.Max(0, line - (hunk.Lines.All(l => l.Sign == '+') ? 0 : 1)) + moved.Where(m => m.Start <= line).Sum(m => m.By) : from;
            var place = Place(lines, hunk, from, wanted, name) ?? throw new FormatException(Missing(lines, name, hunk));
            var before = lines.Count;
            done = Put(lines, place, name);
            moved.Add((hunk.OldStart ?? 0, lines.Count - before));
            last = hunk.OldStart ?? last;
            if (place.Note.Length > 0)
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{name} went to line {place.Match.Start + 1}; {place.Note}"));
        }

        return new(lines.ToString(), notes);
    }

    private static int After(LineText lines, PatchHunk hunk, int done, string name)
    {
        var at = -1;
        foreach (var anchor in hunk.Anchors)
        {
            at = Enumerable.Range(done, Math.Max(0, lines.Count - done)).FirstOrDefault(n => LineComparer.Same(lines[n], anchor, Tolerance.Blanks), -1);
            if (at < 0)
                throw new FormatException($"{name}: its line '{BoundedText.Brief(anchor)}' is not in the file{(done > 0 ? " after what comes before it" : "")}.");
            done = at + 1;
        }

        // The line that names the place is often written once more as the first of the context.
        return at >= 0 && hunk.Lines.FirstOrDefault(line => line.Sign != '+') is { Text: { } first } && LineComparer.Same(lines[at], first, Tolerance.Blanks) ? at : done;
    }

    private static HunkPlace? Place(LineText lines, PatchHunk hunk, int from, int wanted, string name)
    {
        foreach (var (head, tail) in Fuzz)
        {
            if (hunk.Lines.TakeWhile(line => line.Sign == ' ').Count() < head || hunk.Lines.Reverse().TakeWhile(line => line.Sign == ' ').Count() < tail || head + tail > hunk.Lines.Count)
                continue;
            HunkLine[] content = [.. hunk.Lines.Skip(head).Take(hunk.Lines.Count - head - tail)];
            string[] old = [.. content.Where(line => line.Sign != '+').Select(line => line.Text)];
            var fuzzy = head + tail > 0;
            if (old.Length == 0)
                return fuzzy ? null : new(Insertion(lines, hunk, wanted, name), content, "");
            if (fuzzy && old.All(string.IsNullOrWhiteSpace))
                return null;
            var found = BlockFinder.Find(lines, old, from, fuzzy ? Tolerance.TrailingBlanks : Tolerance.Typography);
            if (hunk.AtEnd)
                found = [.. found.Where(match => match.Start + match.Count == lines.Count)];
            if (found.Count > 0)
                return new(Choose(found, hunk, wanted + head, fuzzy, name), content, Note(found[0], head + tail));
        }

        return null;
    }

    private static BlockMatch Insertion(LineText lines, PatchHunk hunk, int wanted, string name)
    {
        if (hunk.OldStart > 0 && wanted > lines.Count)
            throw new FormatException($"{name} adds lines at line {hunk.OldStart} and names none that are there, but the file has {lines.Count} lines.");
        var at = hunk.AtEnd || (hunk.OldStart is null && hunk.Anchors.Count == 0) ? lines.Count : Math.Clamp(wanted, 0, lines.Count);
        return new(at, 0, Tolerance.None, new());
    }

    private static BlockMatch Choose(IReadOnlyList<BlockMatch> found, PatchHunk hunk, int wanted, bool fuzzy, string name)
    {
        var nearest = found.MinBy(match => Math.Abs(match.Start - wanted))!;
        var exact = !fuzzy && nearest.Tolerance <= Tolerance.TrailingBlanks;
        var others = found.Where(match => match != nearest && (!exact || (hunk.OldStart is not null && Math.Abs(match.Start - wanted) == Math.Abs(nearest.Start - wanted)))).ToList();
        // Exactly where the patch says is where it is meant.
        if (others.Count == 0 || (hunk.OldStart is not null && nearest.Start == wanted))
            return nearest;
        throw new FormatException($"{name} fits at lines {string.Join(", ", found.Take(10).Select(match => match.Start + 1))}{(exact ? "" : ", none of them exactly")}; add lines of context that tell which is meant.");
    }

    private static string Note(BlockMatch match, int left) =>
        (match.Overlooked.Length > 0 ? $"the file differs in {match.Overlooked}" : "") + (left > 0 ? $"{(match.Overlooked.Length > 0 ? ", and " : "")}{left} line{(left == 1 ? "" : "s")} of its context {(left == 1 ? "is" : "are")} not there" : "");

    /// <summary>Changes the lines; answers where the hunk's last change ends.</summary>
    private static int Put(LineText lines, HunkPlace place, string name)
    {
        var (at, end, content) = (place.Match.Start, place.Match.Start, place.Content);
        var told = ToldEnds(lines, at, content);
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
            var added = come.ConvertAll(line => new Line(
                place.Match.Indents.Apply(line.Text) ?? throw new FormatException($"{name}: the file's indentation is another one, and does not tell how '{BoundedText.Brief(line.Text.Trim())}' is to be indented. Write the hunk as the file is."),
                told ? line.End : ""));
            lines.Replace(at, gone.Count, added, ends);
            (at, n) = (at + come.Count, n + change.Count);
            end = at;
        }

        return end;
    }

    // A patch that is wrong about the ends of lines that are there is not asked about others.
    private static bool ToldEnds(LineText lines, int start, IReadOnlyList<HunkLine> content)
    {
        var old = content.Where(line => line.Sign != '+').ToList();
        return old.Index().All(line => line.Item.NoNewline || lines.EndOf(start + line.Index) == line.Item.End);
    }

    private static string Missing(LineText lines, string name, PatchHunk hunk)
    {
        string[] old = [.. hunk.Lines.Where(line => line.Sign != '+').Select(line => line.Text)];
        var where = hunk.OldStart is { } start ? $" near line {start}" : "";
        return $"{name} does not match: its lines are not in the file{where}. {NearestBlock.Describe(lines, old) ?? "None of them is."}";
    }
}
