using System.Diagnostics;
using Navi.LoadTests.Driving;
using Navi.Measuring;

namespace Navi.LoadTests.Reporting;

/// <summary>Makes figures of samples.</summary>
internal static class ScenarioSums
{
    /// <summary>The requests together and by route. Requests per second are those that were meant for the scenario's time, divided by it; latencies are of all.</summary>
    public static (Measurement All, IReadOnlyList<Measurement> Routes) Requests(string bench, int users, IReadOnlyCollection<RequestSample> samples, TimeSpan length)
    {
        return (Of("all", samples), [.. samples.GroupBy(s => s.Route).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Of(g.Key, g.ToList()))]);

        Measurement Of(string name, IReadOnlyCollection<RequestSample> part) =>
            Measurement.Of(bench, name, users, Recorder.Good, part.Select(s => new Sample(s.Status, s.Ticks)).ToList(), (long)(length.TotalSeconds * Stopwatch.Frequency)) with
            {
                RequestsPerS = Math.Round(part.Count(s => s.InWindow) / length.TotalSeconds, 2),
            };
    }

    /// <summary>The tasks.</summary>
    public static TaskResult Tasks(IReadOnlyCollection<TaskSample> samples, TimeSpan length)
    {
        var outcomes = samples.CountBy(s => s.Outcome).OrderBy(o => o.Key, StringComparer.Ordinal).ToDictionary();
        if (samples.Count == 0)
            return new TaskResult(0, 0, outcomes, 0, 0, 0, 0, 0);
        var sorted = samples.Select(s => s.Ticks).Order().ToList();
        return new TaskResult(
            samples.Count, samples.Count(s => !Recorder.Done.Contains(s.Outcome)), outcomes, Math.Round(samples.Count / length.TotalMinutes, 1),
            Seconds(0.5), Seconds(0.95), Seconds(1), Math.Round(samples.Average(s => (double)s.ThoughtTicks) / Stopwatch.Frequency, 1));

        double Seconds(double share) => Math.Round(Measurement.Quantile(sorted, share) / 1000, 2);
    }

    /// <summary>How late the driver itself sent requests: 99th percentile and the most, in milliseconds.</summary>
    public static (double P99, double Max) Lateness(IReadOnlyCollection<RequestSample> samples)
    {
        var sorted = samples.Select(s => s.LateTicks).Order().ToList();
        return (Measurement.Quantile(sorted, 0.99), Measurement.Quantile(sorted, 1));
    }
}
