namespace Navi.LoadTests.Costs;

/// <summary>What telemetry costs: a NAVI with it against the same NAVI without it, in turn.</summary>
/// <param name="Date">When.</param>
/// <param name="Processes">How many NAVIs, one after the other.</param>
/// <param name="History">Tasks that each had done before.</param>
/// <param name="Failed">What failed before the blocks that count.</param>
/// <param name="BlockSeconds">Time of a block of requests.</param>
/// <param name="Clients">How many ask at once.</param>
/// <param name="On">With telemetry.</param>
/// <param name="Off">Without.</param>
/// <param name="ProcessorRatios">Requests per second of processor with against without, for each pair of blocks in its order: what a busy machine can do with and without.</param>
/// <param name="ClockRatios">Requests per second of the clock with against without: the same, and whatever else the machine did meanwhile.</param>
internal sealed record TelemetryCost(
    DateTimeOffset Date, int Processes, int History, int Failed, double BlockSeconds, int Clients, TelemetrySide On, TelemetrySide Off, IReadOnlyList<double> ProcessorRatios, IReadOnlyList<double> ClockRatios)
{
    /// <summary>What telemetry may take, in percent of throughput.</summary>
    public const double BarPercent = 3;

    /// <summary>Share of throughput that telemetry takes, in percent, from the geometric mean of the pairs; below zero where chance was larger.</summary>
    public double CostPercent => Percent(Interval.Mean);

    /// <summary>Lower end of its 95 % confidence interval.</summary>
    public double LeastPercent => Percent(Interval.Upper);

    /// <summary>Upper end.</summary>
    public double MostPercent => Percent(Interval.Lower);

    /// <summary><c>below 3 %</c> or <c>above 3 %</c> when the whole interval is, else <c>not decided</c>.</summary>
    public string Verdict => Decide(ProcessorRatios) is not { } below ? "not decided" : below ? $"below {BarPercent:0} %" : $"above {BarPercent:0} %";

    /// <summary>The same by the clock, as cost, lower and upper end.</summary>
    public (double Cost, double Least, double Most) Clock => RatioInterval.Of(ClockRatios) is var i ? (Percent(i.Mean), Percent(i.Upper), Percent(i.Lower)) : default;

    private RatioInterval Interval => RatioInterval.Of(ProcessorRatios);

    /// <summary>Ratios of pairs by processor time.</summary>
    public static IReadOnlyList<double> ByProcessor(IReadOnlyList<TelemetryBlock> on, IReadOnlyList<TelemetryBlock> off) => [.. on.Zip(off, (with, without) => Math.Round(without.RequestMs / with.RequestMs, 4))];

    /// <summary>Ratios of pairs by the clock.</summary>
    public static IReadOnlyList<double> ByClock(IReadOnlyList<TelemetryBlock> on, IReadOnlyList<TelemetryBlock> off) => [.. on.Zip(off, (with, without) => Math.Round(with.RequestsPerS / without.RequestsPerS, 4))];

    /// <summary>True when these ratios say that the cost is below the bar, false when above; null when they can't tell.</summary>
    public static bool? Decide(IReadOnlyList<double> ratios)
    {
        var (bar, interval) = (1 - (BarPercent / 100), RatioInterval.Of(ratios));
        return interval.Lower > bar ? true : interval.Upper < bar ? false : null;
    }

    private static double Percent(double ratio) => Math.Round((1 - ratio) * 100, 2);

    /// <summary>Failed requests, readings of metrics and tasks.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Errors => Failed + On.Failures + Off.Failures;
}
