using Navi.Benchmarks.Durable.Reporting;
using Navi.Measuring;

namespace Navi.Benchmarks.Durable.Running;

/// <summary>So and so many at once for so long; each begins the next when its own has ended.</summary>
internal static class Burst
{
    private const string Ok = "ok";

    /// <param name="concurrency">How many at once.</param>
    /// <param name="most">Most of them.</param>
    /// <param name="limit">After this none begins.</param>
    /// <param name="one">One of them.</param>
    /// <param name="timings">Gets how long each took.</param>
    /// <param name="cancellation">Ends it without a result.</param>
    /// <returns>How many ended in a second, up to the end of the last.</returns>
    /// <exception cref="InvalidOperationException">One of them failed: then there is no rate.</exception>
    public static async Task<double> RunAsync(int concurrency, int most, TimeSpan limit, Func<int, Task> one, Timings? timings, CancellationToken cancellation)
    {
        Exception? failure = null;
        var (samples, ticks) = await ClosedLoop.RunAsync(
            concurrency, most, limit,
            async (client, _) =>
            {
                try
                {
                    await one(client);
                    return Ok;
                }
                catch (Exception e)
                {
                    failure = e;
                    throw;
                }
            },
            cancellation);
        if (failure is not null) throw new InvalidOperationException($"{samples.Count(s => s.Status != Ok)} of {samples.Count} failed, the last by: {failure.Message}", failure);
        timings?.AddRange(samples.Select(s => s.Ticks));
        return samples.Count / ((double)ticks / System.Diagnostics.Stopwatch.Frequency);
    }
}
