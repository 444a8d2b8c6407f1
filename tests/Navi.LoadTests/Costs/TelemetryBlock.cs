using System.Diagnostics;

namespace Navi.LoadTests.Costs;

/// <summary>What one block of requests showed.</summary>
/// <param name="Requests">How many were made.</param>
/// <param name="Failures">Of these, and of the reading of metrics beside them, failed.</param>
/// <param name="Ticks">Its time in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="ProcessorSeconds">Processor time of NAVI and PostgreSQL meanwhile.</param>
internal sealed record TelemetryBlock(int Requests, int Failures, long Ticks, double ProcessorSeconds)
{
    /// <summary>Requests per second.</summary>
    public double RequestsPerS => Requests / ((double)Ticks / Stopwatch.Frequency);

    /// <summary>Processor time of a request, in milliseconds.</summary>
    public double RequestMs => ProcessorSeconds / Requests * 1000;
}
