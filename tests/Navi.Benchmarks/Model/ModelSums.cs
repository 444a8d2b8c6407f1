namespace Navi.Benchmarks.Model;

/// <summary>Makes figures of runs and attempts.</summary>
internal static class ModelSums
{
    private static readonly HashSet<string> Completed = ["completed", "completed_unverified"];

    public static ModelSummary Of(int asked, IReadOnlyCollection<RunResult> runs, IReadOnlyList<Attempt> attempts, TimeSpan time, string? stopped)
    {
        var taskSeconds = runs.Sum(r => r.Seconds);
        var errors = attempts.Where(a => a.Error is not null).CountBy(a => a.Error!).OrderBy(e => e.Key, StringComparer.Ordinal).ToDictionary();
        return new ModelSummary(
            asked, runs.Count, runs.Count(r => r.Delivered), runs.GroupBy(r => r.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new[] { g.Count(), g.Count(r => r.Delivered) }),
            runs.CountBy(r => r.StopReason).OrderBy(r => r.Key, StringComparer.Ordinal).ToDictionary(), runs.Count(r => Completed.Contains(r.StopReason) && !r.Delivered),
            attempts.Count, errors, attempts.Count(a => a.Error is "rate_limited"), attempts.CountBy(a => $"{a.Provider}: {a.Model}").OrderBy(m => m.Key, StringComparer.Ordinal).ToDictionary(),
            Spread.Of(Seconds(attempts.Select(a => a.LatencyMs))), Spread.Of(Seconds(attempts.Select(a => a.FirstTokenMs))), Spread.Of(Steps(attempts)), Spread.Of(runs.Select(r => r.Seconds)),
            taskSeconds > 0 ? Math.Round(Seconds(attempts.Select(a => a.LatencyMs)).Sum() / taskSeconds, 3) : 0, runs.Count > 0 ? Math.Round((double)attempts.Select(a => (a.Task, a.Step)).Distinct().Count() / runs.Count, 1) : 0,
            attempts.Sum(a => a.Input), attempts.Sum(a => a.Cached), attempts.Sum(a => a.Output), attempts.Sum(a => a.Cost ?? 0), attempts.Count(a => a.Cost is null), Math.Round(time.TotalSeconds, 1), stopped);
    }

    /// <summary>Times of the turns; a last turn of a task that has not ended has none.</summary>
    public static IEnumerable<double> Steps(IEnumerable<Attempt> attempts)
    {
        foreach (var task in attempts.GroupBy(a => a.Task))
        {
            var begins = task.GroupBy(a => a.Step).OrderBy(s => s.Key).Select(s => s.Min(a => a.Begun)).ToList();
            var ends = begins.Skip(1).Select(b => (DateTime?)b).Append(task.First().TaskEnded);
            foreach (var (begin, end) in begins.Zip(ends))
            {
                if (end is { } at)
                    yield return (at - begin).TotalSeconds;
            }
        }
    }

    private static IEnumerable<double> Seconds(IEnumerable<long?> milliseconds) => milliseconds.OfType<long>().Select(m => m / 1000.0);
}
