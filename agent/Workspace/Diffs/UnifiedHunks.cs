using System.Text;

namespace Navi.Agent.Workspace;

/// <summary>The hunks of a unified patch with three lines of context.</summary>
internal static class UnifiedHunks
{
    private const int Context = 3;

    public static byte[] Of(byte[] before, byte[] after)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var a = Lines(before);
        var b = Lines(after);
        var match = LineDiff.Match(Number(before, a, ids), Number(after, b, ids));
        using var patch = new MemoryStream();
        foreach (var (fromA, toA, fromB, toB) in Ranges(match, b.Count))
        {
            patch.Write(Encoding.ASCII.GetBytes($"@@ -{Range(fromA, toA)} +{Range(fromB, toB)} @@\n"));
            var j = fromB;
            for (var i = fromA; i < toA || j < toB;)
            {
                if (i < toA && match[i] < 0)
                    WriteLine(patch, '-', before, a[i++]);
                else if (j < toB && (i >= toA || match[i] != j))
                    WriteLine(patch, '+', after, b[j++]);
                else
                {
                    WriteLine(patch, ' ', before, a[i++]);
                    j++;
                }
            }
        }

        return patch.ToArray();
    }

    // Changed stretches widened by the context, and joined where they touch.
    private static List<(int FromA, int ToA, int FromB, int ToB)> Ranges(int[] match, int linesOfB)
    {
        var ranges = new List<(int FromA, int ToA, int FromB, int ToB)>();
        int i = 0, j = 0;
        while (i < match.Length || j < linesOfB)
        {
            if (i < match.Length && match[i] == j)
            {
                i++;
                j++;
                continue;
            }

            var (startA, startB) = (i, j);
            while (i < match.Length && match[i] < 0)
                i++;
            j = i < match.Length ? match[i] : linesOfB;
            var lead = Math.Min(Context, Math.Min(startA, startB));
            var trail = Math.Min(Context, Math.Min(match.Length - i, linesOfB - j));
            var range = (FromA: startA - lead, ToA: i + trail, FromB: startB - lead, ToB: j + trail);
            if (ranges.Count > 0 && range.FromA <= ranges[^1].ToA)
                ranges[^1] = (ranges[^1].FromA, range.ToA, ranges[^1].FromB, range.ToB);
            else
                ranges.Add(range);
        }

        return ranges;
    }

    // An empty range names the line before it; a single line leaves its count out.
    private static string Range(int from, int to) => (to - from) switch
    {
        0 => $"{from},0",
        1 => $"{from + 1}",
        var count => $"{from + 1},{count}",
    };

    private static List<(int Start, int Length)> Lines(byte[] text)
    {
        var lines = new List<(int, int)>();
        for (var start = 0; start < text.Length;)
        {
            var end = Array.IndexOf(text, (byte)'\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add((start, next - start));
            start = next;
        }

        return lines;
    }

    private static int[] Number(byte[] text, List<(int Start, int Length)> lines, Dictionary<string, int> ids)
    {
        var numbers = new int[lines.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var key = Encoding.Latin1.GetString(text, lines[i].Start, lines[i].Length);
            if (!ids.TryGetValue(key, out numbers[i]))
                ids[key] = numbers[i] = ids.Count + 1;
        }

        return numbers;
    }

    private static void WriteLine(MemoryStream patch, char sign, byte[] text, (int Start, int Length) line)
    {
        patch.WriteByte((byte)sign);
        patch.Write(text, line.Start, line.Length);
        if (text[line.Start + line.Length - 1] != '\n')
            patch.Write("\n\\ No newline at end of file\n"u8);
    }
}
