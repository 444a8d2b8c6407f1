namespace Navi.Benchmarks.Durable.Reporting;

/// <summary>How much was done in a second, in each of several bursts.</summary>
internal sealed class Rates
{
    private readonly List<double> bursts = [];

    public IReadOnlyList<double> All => bursts;

    /// <summary>The middle burst; the mean of the middle two when their number is even.</summary>
    /// <exception cref="InvalidOperationException">Nothing was measured.</exception>
    public double Median
    {
        get
        {
            if (bursts.Count == 0) throw new InvalidOperationException("Nothing was measured.");
            var sorted = bursts.Order().ToList();
            return Math.Round((sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, 1);
        }
    }

    public void Add(double perSecond) => bursts.Add(Math.Round(perSecond, 1));
}
