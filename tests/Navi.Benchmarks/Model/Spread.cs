namespace Navi.Benchmarks.Model;

/// <summary>Times in seconds: nearest-rank percentiles over all samples.</summary>
internal sealed record Spread(int Count, double P50, double P95, double P99, double Max)
{
    public static Spread Of(IEnumerable<double> seconds)
    {
        var sorted = seconds.Order().ToList();
        return sorted.Count == 0 ? new Spread(0, 0, 0, 0, 0) : new Spread(sorted.Count, At(0.5), At(0.95), At(0.99), At(1));

        double At(double share) => Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)], 3);
    }
}
