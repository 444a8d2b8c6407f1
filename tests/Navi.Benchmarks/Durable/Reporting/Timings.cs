using System.Diagnostics;
using Navi.Measuring;

namespace Navi.Benchmarks.Durable.Reporting;

/// <summary>How long one thing took each time; every sample counts.</summary>
internal sealed class Timings
{
    private readonly List<long> ticks = [];

    public int Count => ticks.Count;

    public double P50Ms => Quantile(0.50);

    public double P95Ms => Quantile(0.95);

    public double MaxMs => Quantile(1);

    /// <param name="duration">In ticks of <see cref="Stopwatch"/>.</param>
    public void Add(long duration) => ticks.Add(duration);

    public void AddMs(double milliseconds) => Add((long)(milliseconds * Stopwatch.Frequency / 1000));

    public void AddRange(IEnumerable<long> durations) => ticks.AddRange(durations);

    /// <summary>The nearest-rank quantile in milliseconds.</summary>
    /// <exception cref="InvalidOperationException">Nothing was measured.</exception>
    private double Quantile(double share) => ticks.Count > 0 ? Measurement.Quantile([.. ticks.Order()], share) : throw new InvalidOperationException("Nothing was measured.");
}
