namespace Navi.Agent.Tools.Editing;

/// <summary>A text as lines that keep their own ends: what an edit does not touch stays as it was, byte for byte.</summary>
internal sealed class LineText
{
    private const string Unix = "\n";
    private const string Windows = "\r\n";

    private readonly List<Line> lines = [];

    private LineText()
    {
    }

    public int Count => lines.Count;

    // The end that most lines have.
    private string CommonEnd => lines.Count(line => line.End == Windows) > lines.Count(line => line.End == Unix) ? Windows : Unix;

    /// <summary>A line without its end.</summary>
    public string this[int index] => lines[index].Text;

    /// <summary>What ends a line.</summary>
    public string EndOf(int index) => lines[index].End;

    public static LineText Of(string text)
    {
        var result = new LineText();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0)
            {
                result.lines.Add(new(text[at..], ""));
                break;
            }

            var windows = end > at && text[end - 1] == '\r';
            result.lines.Add(new(text[at..(windows ? end - 1 : end)], windows ? Windows : Unix));
            at = end + 1;
        }

        return result;
    }

    /// <summary>
    /// Puts other lines in place of some. Each gets the end of the line whose place it takes, or its neighbour's; a text that ended without
    /// a line end still does.
    /// </summary>
    /// <param name="start">The first line, from 0; <see cref="Count"/> for the end of the text.</param>
    /// <param name="count">How many lines go.</param>
    /// <param name="replacement">What comes; a line without an end gets one.</param>
    /// <param name="ends">Whether the text is to end with a line end, when the replacement reaches its end; null keeps it as it is.</param>
    public void Replace(int start, int count, IReadOnlyList<Line> replacement, bool? ends = null)
    {
        var atEnd = start + count == lines.Count;
        var endsNow = lines is not [.., { End: "" }];
        var common = Neighbour(start, count);
        var inserted = replacement.Select((line, n) => line.End.Length > 0 ? line : line with { End = n < count && lines[start + n].End.Length > 0 ? lines[start + n].End : common }).ToList();
        lines.RemoveRange(start, count);
        if (inserted.Count > 0 && start > 0 && lines[start - 1].End.Length == 0)
            lines[start - 1] = lines[start - 1] with { End = common };
        lines.InsertRange(start, inserted);
        if (!atEnd || lines.Count == 0)
            return;
        var last = lines[^1];
        // Where the last lines only go, what is before them ends as it did.
        var wanted = ends ?? (inserted.Count == 0 || endsNow);
        lines[^1] = last with { End = !wanted ? "" : last.End.Length > 0 ? last.End : common };
    }

    /// <inheritdoc cref="Replace(int, int, IReadOnlyList{Line}, bool?)"/>
    public void Replace(int start, int count, IReadOnlyList<string> replacement, bool? ends = null) => Replace(start, count, [.. replacement.Select(text => new Line(text, ""))], ends);

    public override string ToString() => string.Concat(lines.SelectMany(line => (string[])[line.Text, line.End]));

    private string Neighbour(int start, int count)
    {
        for (var n = start + count - 1; n >= Math.Max(0, start - 1); n--)
        {
            if (n < lines.Count && lines[n].End.Length > 0)
                return lines[n].End;
        }

        return start + count < lines.Count && lines[start + count].End.Length > 0 ? lines[start + count].End : CommonEnd;
    }
}
