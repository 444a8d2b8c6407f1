using System.Diagnostics;

namespace Navi.Measuring;

/// <summary>What one operation did under one number of clients. Every sample counts, failed ones too.</summary>
internal sealed record Measurement(
    string Bench, string Operation, int Clients, int Requests, int Errors, SortedDictionary<string, int> Status, double RequestsPerS, double P50Ms, double P95Ms, double P99Ms, double MaxMs, double Seconds)
{
    /// <param name="bench">Name of the benchmark.</param>
    /// <param name="operation">Name of the operation.</param>
    /// <param name="clients">How many asked at once.</param>
    /// <param name="expected">The statuses of success; any other is an error.</param>
    /// <param name="samples">The samples, at least one.</param>
    /// <param name="ticks">Time from the first request to the last answer.</param>
    public static Measurement Of(string bench, string operation, int clients, IReadOnlyCollection<string> expected, IReadOnlyCollection<Sample> samples, long ticks)
    {
        var sorted = samples.Select(s => s.Ticks).Order().ToArray();
        var seconds = (double)ticks / Stopwatch.Frequency;
        return new Measurement(
            bench, operation, clients, sorted.Length, samples.Count(s => !expected.Contains(s.Status)), new(samples.CountBy(s => s.Status).ToDictionary(), StringComparer.Ordinal),
            Math.Round(sorted.Length / seconds, 1), Quantile(sorted, 0.50), Quantile(sorted, 0.95), Quantile(sorted, 0.99), Milliseconds(sorted[^1]), Math.Round(seconds, 3));
    }

    /// <summary>The nearest-rank quantile: a value that was measured, the smallest that at least this share does not exceed.</summary>
    public static double Quantile(IReadOnlyList<long> sorted, double share) => Milliseconds(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)]);

    private static double Milliseconds(long ticks) => Math.Round(ticks * 1000.0 / Stopwatch.Frequency, 3);
}
