namespace Navi.SimulatedProviders.Scenarios;

/// <summary>A time in milliseconds: fixed, or log-normal with the given median and 95th percentile.</summary>
public sealed record Latency
{
    // 95 % of a normal distribution lie below so many standard deviations.
    private const double Z95 = 1.6448536269514722;

    /// <summary>Fixed time. Default 0.</summary>
    public double Ms { get; init; }

    /// <summary>Median; with <see cref="P95"/> in place of <see cref="Ms"/>.</summary>
    public double? P50 { get; init; }

    /// <summary>95th percentile, not below <see cref="P50"/>.</summary>
    public double? P95 { get; init; }

    /// <summary>One value.</summary>
    public TimeSpan Draw(Random random)
    {
        if (P50 is not > 0)
            return TimeSpan.FromMilliseconds(Ms);
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return TimeSpan.FromMilliseconds(P50.Value * Math.Exp(normal * Math.Log(Math.Max(1, (P95 ?? P50.Value) / P50.Value)) / Z95));
    }
}
