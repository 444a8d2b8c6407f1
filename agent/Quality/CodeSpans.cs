namespace Navi.Agent.Quality;

/// <summary>Blanks code spans in a line of Markdown: what lies between two runs of equally many backticks.</summary>
internal static class CodeSpans
{
    public static string Blank(string line)
    {
        if (!line.Contains('`', StringComparison.Ordinal))
            return line;
        var runs = new List<(int Start, int Length)>();
        for (var i = 0; i < line.Length; i++)
            if (line[i] == '`')
            {
                var start = i;
                while (i < line.Length && line[i] == '`')
                    i++;
                runs.Add((start, i - start));
            }

        // For each run the next one that is as long, found from the end.
        var next = new int[runs.Count];
        var last = new Dictionary<int, int>();
        for (var i = runs.Count - 1; i >= 0; i--)
        {
            next[i] = last.GetValueOrDefault(runs[i].Length, -1);
            last[runs[i].Length] = i;
        }

        var result = line.ToCharArray();
        for (var i = 0; i < runs.Count; i++)
            if (next[i] >= 0)
            {
                Array.Fill(result, ' ', runs[i].Start, runs[next[i]].Start + runs[next[i]].Length - runs[i].Start);
                i = next[i];
            }

        return new string(result);
    }
}
