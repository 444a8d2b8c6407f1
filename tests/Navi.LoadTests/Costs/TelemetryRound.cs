namespace Navi.LoadTests.Costs;

/// <summary>What one pair of processes showed.</summary>
/// <param name="On">With telemetry.</param>
/// <param name="Off">Without.</param>
/// <param name="Ratio">Requests per second with against without: the geometric mean of the round's pairs of blocks.</param>
internal sealed record TelemetryRound(TelemetrySide On, TelemetrySide Off, double Ratio)
{
    /// <summary>Requests per second of processor with against without.</summary>
    public double ProcessorRatio => Math.Round(Off.RequestMs / On.RequestMs, 4);
}
