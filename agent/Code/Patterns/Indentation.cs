namespace Navi.Agent.Code;

/// <summary>Bodies by indentation: what follows a line and stands deeper belongs to it. Blank lines and lines inside brackets don't count.</summary>
internal sealed class Indentation
{
    private readonly List<(int Start, int Depth)> lines = [];
    private readonly string skeleton;
    private readonly string? closer;
    private int[] nexts = [];
    private int[] ends = [];

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

        Link();
    }

    /// <summary>Offset of the last character that belongs to the definition at a position.</summary>
    public int End(int position)
    {
        var index = Before(position);
        if (index < 0)
            return position;
        var next = nexts[index];
        if (next < lines.Count && closer is not null && lines[next].Depth == lines[index].Depth && skeleton.AsSpan(lines[next].Start).TrimStart(" \t").StartsWith(closer))
            next++;
        return Math.Max(position, ends[Math.Min(next, lines.Count)]);
    }

    // For each line the next one that is not deeper, and where what comes before each line ends: without blank lines and comments.
    private void Link()
    {
        nexts = new int[lines.Count];
        ends = new int[lines.Count + 1];
        var open = new Stack<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            while (open.TryPeek(out var above) && lines[above].Depth >= lines[i].Depth)
                nexts[open.Pop()] = i;
            open.Push(i);
        }

        foreach (var last in open)
            nexts[last] = lines.Count;
        for (var i = 0; i <= lines.Count; i++)
        {
            var end = i < lines.Count ? lines[i].Start : skeleton.Length;
            while (end > 0 && char.IsWhiteSpace(skeleton[end - 1]))
                end--;
            ends[i] = end - 1;
        }
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
