using System.Globalization;
using System.Text;
using Navi.LoadTests.Watching;
using Navi.Measuring;

namespace Navi.LoadTests.Reporting;

/// <summary>A scenario's figures as Markdown; the same text is printed and written.</summary>
internal static class ScenarioText
{
    public static string Of(ScenarioResult r)
    {
        var text = new StringBuilder();
        Line($"### {r.Scenario}: {r.Described}");
        Line($"");
        Line($"{r.Date:yyyy-MM-dd HH:mm} UTC, {r.Seconds:0.0} s with the end of the last tasks. Warm-up of {r.WarmUpSeconds:0} s that does not count: {r.WarmUpRequests} requests, {r.WarmUpErrors} failures.");
        Line($"");
        Line($"| route | requests | failures | per s | p50 ms | p95 ms | p99 ms | max ms |");
        Line($"|---|---|---|---|---|---|---|---|");
        Row(r.All with { Operation = "**all**" });
        foreach (var route in r.Routes)
            Row(route with { Operation = $"`{route.Operation}`" });
        Line($"");
        var statuses = string.Join(", ", r.All.Status.Select(s => $"{s.Key} {s.Value}"));
        Line($"* Answers: {statuses}.");
        Line($"* Tasks: {r.Tasks.Begun} begun ({r.Tasks.PerMinute:0.0} a minute), {r.Tasks.Failed} failed; {Counts(r.Tasks.Outcomes)}. Time p50 {r.Tasks.P50S:0.0} s, p95 {r.Tasks.P95S:0.0} s, max {r.Tasks.MaxS:0.0} s, of which the person thinks {r.Tasks.MeanThoughtS:0.0} s on average.");
        foreach (var task in r.FailedTasks)
            Line($"  * {task}");
        Line($"* Model calls: {r.Model.Calls} attempts, {r.Model.Failed} failed ({Counts(r.Model.ByError)}); provider's 429s: {r.Model.Provider429}. Answered ones p50 {r.Model.P50Ms:0} ms, p95 {r.Model.P95Ms:0} ms, max {r.Model.MaxMs:0} ms. Tokens {r.Model.InputTokens:N0} in, {r.Model.OutputTokens:N0} out.");
        var c = r.Use.Cores;
        Line($"* Processors (mean cores): NAVI {c.Navi:0.00}, its commands {c.Commands:0.00}, PostgreSQL {c.Postgresql:0.00}, simulated provider {c.Provider:0.00}, driver {c.Driver:0.00}; together {c.All:0.00}.");
        Line($"* Memory of NAVI: {r.Use.MemoryBeginMb} MB at the beginning, {r.Use.MemoryMostMb} MB at most, {r.Use.MemoryEndMb} MB at the end; slope of the second half {r.Use.MemorySlopeMbPerHour:0.0} MB/h.");
        Line($"* Right after collections of all garbage: heap {Live(r.Use.Live, l => l.HeapMb)}; process {Live(r.Use.Live, l => l.ResidentMb)}.");
        var pools = string.Join("; ", r.Use.Pools.Select(p => string.Create(CultureInfo.InvariantCulture, $"`{p.Key}` {p.Value.MostOpen} open, {p.Value.MostBusy} busy, {p.Value.MeanBusy:0.00} busy on average")));
        Line($"* Connections (most of {r.Use.Looks} looks): {r.Use.MostConnections} together; {pools}. Busy ones waited for: {Counts(r.Use.Waits)}.");
        Line($"* The driver sent its requests late by {r.DriverLateP99Ms:0.00} ms (p99), {r.DriverLateMaxMs:0.00} ms (max); this is part of every latency above.");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        void Row(Measurement m) => Line($"| {m.Operation} | {m.Requests} | {m.Errors} | {m.RequestsPerS:0.00} | {m.P50Ms:0.0} | {m.P95Ms:0.0} | {m.P99Ms:0.0} | {m.MaxMs:0.0} |");
    }

    // A slope of two looks would say nothing.
    private static string Live(IReadOnlyList<LiveMemory> looks, Func<LiveMemory, double> of)
    {
        var values = string.Join(", ", looks.Select(l => of(l).ToString("0.0", CultureInfo.InvariantCulture)));
        return looks.Count < 6 ? $"{values} MB" : string.Create(CultureInfo.InvariantCulture, $"{values} MB, slope of the second half {Trend.SlopeOfSecondHalf([.. looks.Select(l => (l.Seconds, (long)(of(l) * 1000)))]) * 3.6:0.0} MB/h");
    }

    /// <summary>Counts by kind in words.</summary>
    public static string Counts(IReadOnlyDictionary<string, int> counts) => counts.Count == 0 ? "none" : string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"));
}
