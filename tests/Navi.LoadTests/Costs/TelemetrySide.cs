using System.Diagnostics;

namespace Navi.LoadTests.Costs;

/// <summary>All blocks with telemetry, or all without.</summary>
/// <param name="Requests">Their requests.</param>
/// <param name="Failures">Of these, failed.</param>
/// <param name="RequestsPerS">Requests by the time of the blocks.</param>
/// <param name="RequestMs">Processor time of NAVI and PostgreSQL for a request, in milliseconds.</param>
internal sealed record TelemetrySide(int Requests, int Failures, double RequestsPerS, double RequestMs)
{
    public static TelemetrySide Of(IReadOnlyList<TelemetryBlock> blocks)
    {
        var requests = blocks.Sum(b => b.Requests);
        return new TelemetrySide(
            requests, blocks.Sum(b => b.Failures), Math.Round(requests / ((double)blocks.Sum(b => b.Ticks) / Stopwatch.Frequency), 1), Math.Round(blocks.Sum(b => b.ProcessorSeconds) / requests * 1000, 3));
    }
}
