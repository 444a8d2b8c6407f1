namespace Navi.Agent.Workspace;

/// <summary>
/// Which lines of two texts are equal, by Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986) between the common beginning and
/// end. When the texts differ by more than a bound, all lines between are taken as different: still a correct patch, in bounded memory.
/// </summary>
internal static class LineDiff
{
    private const int EditBound = 2000;

    /// <summary>For each line of <paramref name="a"/> the equal line of <paramref name="b"/>, or -1; increasing.</summary>
    public static int[] Match(int[] a, int[] b)
    {
        var match = new int[a.Length];
        Array.Fill(match, -1);
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
        {
            match[start] = start;
            start++;
        }

        var end = 0;
        while (end < a.Length - start && end < b.Length - start && a[^(end + 1)] == b[^(end + 1)])
        {
            match[a.Length - 1 - end] = b.Length - 1 - end;
            end++;
        }

        MatchMiddle(a.AsSpan(start..(a.Length - end)), b.AsSpan(start..(b.Length - end)), start, match);
        return match;
    }

    private static void MatchMiddle(ReadOnlySpan<int> a, ReadOnlySpan<int> b, int offset, int[] match)
    {
        if (a.IsEmpty || b.IsEmpty)
            return;
        var bound = Math.Min(a.Length + b.Length, EditBound);
        var reach = new int[2 * bound + 3];
        var middle = bound + 1;
        var trace = new List<int[]>();
        for (var d = 0; d <= bound; d++)
        {
            trace.Add(reach[(middle - d - 1)..(middle + d + 2)]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && reach[middle + k - 1] < reach[middle + k + 1]) ? reach[middle + k + 1] : reach[middle + k - 1] + 1;
                var y = x - k;
                while (x < a.Length && y < b.Length && a[x] == b[y])
                {
                    x++;
                    y++;
                }

                reach[middle + k] = x;
                if (x >= a.Length && y >= b.Length)
                {
                    WalkBack(trace, a.Length, b.Length, offset, match);
                    return;
                }
            }
        }
    }

    private static void WalkBack(List<int[]> trace, int x, int y, int offset, int[] match)
    {
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var reach = trace[d];
            var zero = d + 1;
            var k = x - y;
            var previousK = k == -d || (k != d && reach[zero + k - 1] < reach[zero + k + 1]) ? k + 1 : k - 1;
            var previousX = d == 0 ? 0 : reach[zero + previousK];
            var previousY = d == 0 ? 0 : previousX - previousK;
            while (x > previousX && y > previousY)
            {
                x--;
                y--;
                match[offset + x] = offset + y;
            }

            x = previousX;
            y = previousY;
        }
    }
}
