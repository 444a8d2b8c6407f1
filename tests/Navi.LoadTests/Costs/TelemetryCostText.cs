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

            {cost.Date:yyyy-MM-dd HH:mm} UTC. {cost.ProcessorRatios.Count} rounds. In each, two NAVIs that were started for it, each with a database of its own, are asked in turn in {cost.Pairs} pairs of blocks of {cost.BlockSeconds:0} s by
            {cost.Clients} clients that ask again when they are answered; the order changes from pair to pair, and from round to round who starts first. Each does {cost.History} tasks before. The one with telemetry is asked for `/metrics` once in
            the {cost.Pairs * cost.BlockSeconds:0} s of its blocks, beside the clients: a little more often than [prometheus.yml](../prometheus/prometheus.yml) does. The processes' code is not fitted to what each of them sees at run time
            (`DOTNET_TieredPGO=0`), so that it is the same in both.

            | telemetry | requests | tasks | failures | requests per s | ms of processor a request | ms of processor a task |
            |---|---|---|---|---|---|---|
            {Row("on", cost.On)}
            {Row("off", cost.Off)}

            * Telemetry costs **{cost.CostPercent:0.00} %** of throughput, 95 % confidence interval from {cost.LeastPercent:0.00} % to {cost.MostPercent:0.00} %: **{cost.Verdict}**.
            * Both processors are busy while a side is asked, so what a machine can do is one by the processor time of a request. The cost is 1 minus the geometric mean of the rounds' ratios of that (without by with telemetry), the interval
              Student's t on their logarithms. After 8, 12 and 16 rounds the run ends when the interval lies on one side of {TelemetryCost.BarPercent:0} %, and after 16 in any case; as it ends when it has decided, the interval's true
              confidence is somewhat lower. Ratios of the rounds: {Ratios(cost.ProcessorRatios)}.
            * By the clock, which also holds whatever else the machine and its disk did: {cost.Clock.Cost:0.00} %, from {cost.Clock.Least:0.00} % to {cost.Clock.Most:0.00} %. Ratios of the rounds (requests per second, with by without): {Ratios(cost.ClockRatios)}.
            * Processor time is NAVI's and PostgreSQL's together; a task's includes its model calls, commands left out.
            """) + "\n";
    }

    private static string Ratios(IReadOnlyList<double> ratios) => string.Join(", ", ratios.Select(r => r.ToString("0.000", CultureInfo.InvariantCulture)));

    private static string Row(string name, TelemetrySide s) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {s.Requests} | {s.Tasks} | {s.Failures} | {s.RequestsPerS:0.0} | {s.RequestMs:0.000} | {s.TaskMs:0.0} |");
}
