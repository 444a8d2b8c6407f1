namespace Navi.Agent.Tools.Editing;

/// <summary>Finds a block of lines in a text, as exactly as it can be found.</summary>
internal static class BlockFinder
{
    /// <summary>All places where the block stands, with the least tolerance with which it stands anywhere.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="block">The lines; at least one of them not blank.</param>
    /// <param name="from">The first line to look at, from 0.</param>
    /// <param name="most">The most tolerance.</param>
    public static IReadOnlyList<BlockMatch> Find(LineText text, IReadOnlyList<string> block, int from, Tolerance most)
    {
        for (var tolerance = Tolerance.None; tolerance <= most; tolerance++)
        {
            if (All(text, block, from, tolerance) is { Count: > 0 } found)
                return found;
        }

        return [];
    }

    private static List<BlockMatch> All(LineText text, IReadOnlyList<string> block, int from, Tolerance tolerance)
    {
        var found = new List<BlockMatch>();
        for (var start = from; start + block.Count <= text.Count; start++)
        {
            if (Match(text, block, start, tolerance) is not { } match)
                continue;
            found.Add(match);
            // Places don't overlap, as occurrences of a text don't.
            start += block.Count - 1;
        }

        return found;
    }

    private static BlockMatch? Match(LineText text, IReadOnlyList<string> block, int start, Tolerance tolerance)
    {
        for (var n = 0; n < block.Count; n++)
        {
            if (!LineComparer.Same(block[n], text[start + n], tolerance))
                return null;
        }

        var indents = new Indents();
        for (var n = 0; n < block.Count && tolerance >= Tolerance.Indentation; n++)
        {
            if (!indents.Learn(block[n], text[start + n]))
                return null;
        }

        return new(start, block.Count, tolerance, indents);
    }
}
