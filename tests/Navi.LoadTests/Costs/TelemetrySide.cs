namespace Navi.LoadTests.Costs;

/// <summary>One of the two.</summary>
/// <param name="Requests">Requests of all blocks.</param>
/// <param name="Tasks">Tasks of all blocks.</param>
/// <param name="Failures">Of both, failed.</param>
/// <param name="RequestsPerS">Requests by the time of their blocks.</param>
/// <param name="RequestMs">Processor time of NAVI and PostgreSQL for a request, in milliseconds.</param>
/// <param name="TaskMs">The same for a task with its requests.</param>
internal sealed record TelemetrySide(int Requests, int Tasks, int Failures, double RequestsPerS, double RequestMs, double TaskMs)
{
    /// <summary>Several of one kind as one.</summary>
    public static TelemetrySide Sum(IReadOnlyList<TelemetrySide> sides)
    {
        var (requests, tasks) = (sides.Sum(s => s.Requests), sides.Sum(s => s.Tasks));
        return new TelemetrySide(
            requests, tasks, sides.Sum(s => s.Failures), Math.Round(requests / sides.Sum(s => s.Requests / s.RequestsPerS), 1),
            Math.Round(sides.Sum(s => s.RequestMs * s.Requests) / requests, 3), Math.Round(sides.Sum(s => s.TaskMs * s.Tasks) / Math.Max(1, tasks), 1));
    }
}
