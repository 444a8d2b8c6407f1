namespace Navi.Agent.Reports;

/// <summary>Which lines of a file were executed.</summary>
/// <param name="Path">As the report names it.</param>
/// <param name="Lines">By line from 1: how often it ran. Lines that can't run are not among them.</param>
internal sealed record FileCoverage(string Path, IReadOnlyDictionary<int, long> Lines)
{
    public int Covered => Lines.Count(l => l.Value > 0);

    /// <summary>Lines that never ran, as ranges such as 3-7, 12.</summary>
    public string Missed
    {
        get
        {
            var ranges = new List<(int From, int To)>();
            foreach (var line in Lines.Where(l => l.Value == 0).Select(l => l.Key).Order())
                if (ranges is [.., var last] && last.To == line - 1)
                    ranges[^1] = (last.From, line);
                else
                    ranges.Add((line, line));
            return string.Join(", ", ranges.Select(r => r.From == r.To ? $"{r.From}" : $"{r.From}-{r.To}"));
        }
    }
}
