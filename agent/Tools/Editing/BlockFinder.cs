namespace Navi.Agent.Tools.Editing;

/// <summary>Finds a block of lines in a text, as exactly as it can be found. Places may overlap.</summary>
internal static class BlockFinder
{
    /// <summary>All places where the block stands, with the least tolerance with which it stands anywhere.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="block">The lines; at least one.</param>
    /// <param name="from">The first line to look at, from 0.</param>
    /// <param name="most">The most tolerance.</param>
    public static IReadOnlyList<BlockMatch> Find(LineText text, IReadOnlyList<string> block, int from, Tolerance most)
    {
        for (var tolerance = Tolerance.None; tolerance <= most; tolerance++)
        {
            var found = Starts(text, block, from, tolerance).Select(start => Match(text, block, start, tolerance)).OfType<BlockMatch>().ToList();
            if (found.Count > 0)
                return found;
        }

        return [];
    }

    // Knuth, Morris and Pratt's search, on the numbers of lines: what repeats itself takes no longer than anything else.
    private static List<int> Starts(LineText text, IReadOnlyList<string> block, int from, Tolerance tolerance)
    {
        var numbers = new Dictionary<string, int>();
        var wanted = new int[block.Count];
        for (var n = 0; n < block.Count; n++)
        {
            var key = LineComparer.Key(block[n], tolerance);
            if (!numbers.TryGetValue(key, out wanted[n]))
                numbers.Add(key, wanted[n] = numbers.Count);
        }

        var back = Borders(wanted);
        var starts = new List<int>();
        for (var (line, length) = (from, 0); line < text.Count; line++)
        {
            var number = numbers.GetValueOrDefault(LineComparer.Key(text[line], tolerance), -1);
            while (length > 0 && (length == wanted.Length || wanted[length] != number))
                length = back[length - 1];
            if (wanted[length] == number)
                length++;
            if (length == wanted.Length)
                starts.Add(line - length + 1);
        }

        return starts;
    }

    // For every beginning of the block the length of its longest proper end that is a beginning, too.
    private static int[] Borders(int[] wanted)
    {
        var back = new int[wanted.Length];
        for (var (n, length) = (1, 0); n < wanted.Length; n++)
        {
            while (length > 0 && wanted[length] != wanted[n])
                length = back[length - 1];
            if (wanted[length] == wanted[n])
                length++;
            back[n] = length;
        }

        return back;
    }

    private static BlockMatch? Match(LineText text, IReadOnlyList<string> block, int start, Tolerance tolerance)
    {
        var indents = new Indents();
        for (var n = 0; n < block.Count && tolerance >= Tolerance.Indentation; n++)
        {
            if (!indents.Learn(block[n], text[start + n]))
                return null;
        }

        return new(start, block.Count, tolerance, indents);
    }
}
