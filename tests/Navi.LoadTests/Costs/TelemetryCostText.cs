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
            within a pair changes. All requests of all blocks count.

            | telemetry | requests | tasks | failures | requests per s | ms of processor a request | ms of processor a task |
            |---|---|---|---|---|---|---|
            {Row("on", cost.On)}
            {Row("off", cost.Off)}

            * Throughput on against off: {cost.Ratio:0.0000}, so telemetry costs **{cost.CostPercent:0.00} %**. Ratios of single pairs: median {(ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2:0.000}, from {ordered[0]:0.000} to {ordered[^1]:0.000}.
            * Processor time is NAVI's and PostgreSQL's together; a task's includes its model calls, commands left out.
            """) + "\n";
    }

    private static string Row(string name, TelemetrySide s) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {s.Requests} | {s.Tasks} | {s.Failures} | {s.RequestsPerS:0.0} | {s.RequestMs:0.000} | {s.TaskMs:0.0} |");
}
