using System.Diagnostics;

namespace Navi.LoadTests.Driving;

/// <summary>Waits for moments of the schedule.</summary>
internal static class Moments
{
    /// <summary>Returns at <paramref name="tick"/> or later, never before: timers count whole milliseconds.</summary>
    public static async Task WaitAsync(long tick, CancellationToken cancellation)
    {
        while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), tick) is { Ticks: > 0 } left)
            await Task.Delay(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left, cancellation);
    }
}
