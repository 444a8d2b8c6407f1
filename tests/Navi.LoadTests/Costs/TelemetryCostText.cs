using System.Globalization;

namespace Navi.LoadTests.Costs;

/// <summary>What telemetry costs as Markdown; the same text is printed and written.</summary>
internal static class TelemetryCostText
{
    public static string Of(TelemetryCost cost)
    {
        var ordered = cost.PairRatios.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            ### telemetry-cost: `Navi:Telemetry:Enabled` on against off

            {cost.Date:yyyy-MM-dd HH:mm} UTC. Two NAVIs, each with a database of its own, asked in turn in {cost.Pairs} pairs of blocks of {cost.BlockSeconds:0} s by {cost.Clients} clients that ask again when they are answered; the order
            within a pair changes. Each had done {cost.History} tasks before. The one with telemetry is asked for `/metrics` once in each of its blocks, beside the clients: more often than the 15 s of
            [prometheus.yml](../prometheus/prometheus.yml).

            | telemetry | requests | tasks | failures | requests per s | ms of processor a request | ms of processor a task |
            |---|---|---|---|---|---|---|
            {Row("on", cost.On)}
            {Row("off", cost.Off)}

            * Telemetry costs **{cost.CostPercent:0.00} %** of throughput, 95 % confidence interval from {cost.LeastPercent:0.00} % to {cost.MostPercent:0.00} %: **{cost.Verdict}**.
            * The cost is 1 minus the geometric mean of the pairs' ratios (requests per second with telemetry by those without), the interval Student's t on their logarithms. After each 16 pairs the run ends when the
              interval lies on one side of {TelemetryCost.BarPercent:0} %, and after 64 in any case; as it ends when it has decided, the interval's true confidence is somewhat lower.
            * Ratios of single pairs: median {(ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2:0.000}, from {ordered[0]:0.000} to {ordered[^1]:0.000}.
            * Processor time is NAVI's and PostgreSQL's together; a task's includes its model calls, commands left out.
            """) + "\n";
    }

    private static string Row(string name, TelemetrySide s) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {s.Requests} | {s.Tasks} | {s.Failures} | {s.RequestsPerS:0.0} | {s.RequestMs:0.000} | {s.TaskMs:0.0} |");
}
