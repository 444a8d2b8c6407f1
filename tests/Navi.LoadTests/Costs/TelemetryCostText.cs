using System.Globalization;

namespace Navi.LoadTests.Costs;

/// <summary>What telemetry costs as Markdown; the same text is printed and written.</summary>
internal static class TelemetryCostText
{
    public static string Of(TelemetryCost cost)
    {
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            ### telemetry-cost: `Navi:Telemetry:Enabled` on against off

            {cost.Date:yyyy-MM-dd HH:mm} UTC. {cost.Processes} NAVIs one after the other, each with a database of its own; each does {cost.History} tasks first. Each is then asked in pairs of blocks of {cost.BlockSeconds:0} s by {cost.Clients} clients that
            ask again when they are answered, in the first block of a pair with telemetry and in the other without, or the other way round in turn. The switch is the harness's: it ends or begins what `Navi:Telemetry:Enabled` begins at a
            start, in the same process. In every block with telemetry the counts are added to the totals once, as every 10 s otherwise, and `/metrics` is read once; [prometheus.yml](../prometheus/prometheus.yml) reads it every 15 s.

            | telemetry | requests | failures | requests per s | ms of processor a request |
            |---|---|---|---|---|
            {Row("on", cost.On)}
            {Row("off", cost.Off)}

            * Telemetry costs **{cost.CostPercent:0.00} %** of throughput, 95 % confidence interval from {cost.LeastPercent:0.00} % to {cost.MostPercent:0.00} %: **{cost.Verdict}**.
            * Both processors are busy all the time, so what a machine can do is one by the processor time of a request, NAVI's and PostgreSQL's together. The cost is 1 minus the geometric mean of the pairs' ratios of that (without by with
              telemetry), the interval Student's t on their logarithms. After 2, 3 and 4 processes the run ends when the interval lies on one side of {TelemetryCost.BarPercent:0} %, and after 4 in any case; as it ends when it has decided, the interval's true confidence is
              somewhat lower. Ratios of the pairs: {Ratios(cost.ProcessorRatios)}.
            * By the clock, which also holds whatever else the machine and its disk did: {cost.Clock.Cost:0.00} %, from {cost.Clock.Least:0.00} % to {cost.Clock.Most:0.00} %. Ratios of the pairs (requests per second, with by without): {Ratios(cost.ClockRatios)}.
            """) + "\n";
    }

    private static string Ratios(IReadOnlyList<double> ratios) => string.Join(", ", ratios.Select(r => r.ToString("0.000", CultureInfo.InvariantCulture)));

    private static string Row(string name, TelemetrySide s) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {s.Requests} | {s.Failures} | {s.RequestsPerS:0.0} | {s.RequestMs:0.000} |");
}
