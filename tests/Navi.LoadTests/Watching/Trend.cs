namespace Navi.LoadTests.Watching;

/// <summary>Whether something grows.</summary>
internal static class Trend
{
    /// <summary>The least-squares slope, in units per second, of the points in the second half of the time; 0 for fewer than two of them.</summary>
    public static double SlopeOfSecondHalf(IReadOnlyList<(double Seconds, long Value)> points)
    {
        var half = points.Count == 0 ? 0 : (points[0].Seconds + points[^1].Seconds) / 2;
        var late = points.Where(p => p.Seconds >= half).ToList();
        if (late.Count < 2)
            return 0;
        var (x, y) = (late.Average(p => p.Seconds), late.Average(p => (double)p.Value));
        return late.Sum(p => (p.Seconds - x) * (p.Value - y)) / late.Sum(p => (p.Seconds - x) * (p.Seconds - x));
    }
}
