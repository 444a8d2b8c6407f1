namespace Navi.LoadTests.Costs;

/// <summary>What telemetry costs: NAVI with it against NAVI without it, in turn.</summary>
/// <param name="Date">When.</param>
/// <param name="Pairs">How many pairs of blocks.</param>
/// <param name="BlockSeconds">Time of a block of requests.</param>
/// <param name="Clients">How many ask at once.</param>
/// <param name="On">With telemetry.</param>
/// <param name="Off">Without.</param>
/// <param name="PairRatios">Requests per second with against without, for each pair in its order.</param>
internal sealed record TelemetryCost(DateTimeOffset Date, int Pairs, double BlockSeconds, int Clients, TelemetrySide On, TelemetrySide Off, IReadOnlyList<double> PairRatios)
{
    /// <summary>All requests by all time, with against without.</summary>
    public double Ratio => Math.Round(On.RequestsPerS / Off.RequestsPerS, 4);

    /// <summary>Share of throughput that telemetry takes, in percent; below zero where chance was larger.</summary>
    public double CostPercent => Math.Round((1 - Ratio) * 100, 2);

    /// <summary>Failed requests and tasks.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Errors => On.Failures + Off.Failures;
}
