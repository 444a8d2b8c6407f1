namespace Navi.Agent.Code;

/// <summary>Bodies by indentation: what follows a line and stands deeper belongs to it. Blank lines and lines inside brackets don't count.</summary>
internal sealed class Indentation
{
    private readonly List<(int Start, int Depth)> lines = [];
    private readonly string skeleton;
    private readonly string? closer;

    /// <param name="skeleton">The file without comments and strings.</param>
    /// <param name="brackets">Its brackets.</param>
    /// <param name="closer">A word that ends a definition at its own depth, as Ruby's end; null where none does.</param>
    public Indentation(string skeleton, Brackets brackets, string? closer)
    {
        this.skeleton = skeleton;
        this.closer = closer;
        for (var start = 0; start < skeleton.Length;)
        {
            var end = skeleton.IndexOf('\n', start) is >= 0 and var newline ? newline : skeleton.Length;
            var depth = 0;
            var at = start;
            for (; at < end && skeleton[at] is ' ' or '\t'; at++)
                depth = skeleton[at] == '\t' ? (depth / 8 * 8) + 8 : depth + 1;
            // The quotes of a text that spans lines are left of it and stand anywhere.
            if (at < end && skeleton[at] is not ('\r' or '"' or '\'') && brackets.Around(start) is null)
                lines.Add((start, depth));
            start = end + 1;
        }
    }

    /// <summary>Offset of the last character that belongs to the definition at a position.</summary>
    public int End(int position)
    {
        var index = Before(position);
        if (index < 0)
            return position;
        var next = lines.FindIndex(index + 1, l => l.Depth <= lines[index].Depth);
        if (next >= 0 && closer is not null && lines[next].Depth == lines[index].Depth && skeleton.AsSpan(lines[next].Start).TrimStart(" \t").StartsWith(closer))
            next = next + 1 < lines.Count ? next + 1 : -1;
        var end = next < 0 ? skeleton.Length : lines[next].Start;
        // Blank lines and comments before the next definition don't.
        while (end > position + 1 && char.IsWhiteSpace(skeleton[end - 1]))
            end--;
        return end - 1;
    }

    private int Before(int position)
    {
        var low = 0;
        var high = lines.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (lines[middle].Start <= position)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
