namespace Navi.Platform.Telemetry.Events;

/// <summary>A token bucket that holds a minute's events and fills without a break: whole numbers alone, so that a minute brings exactly what it may. The framework's limiters keep what a batch took from the one when the other refuses it, and know no <see cref="TimeProvider"/>.</summary>
/// <param name="perMinute">Events it holds, and that come in a minute.</param>
/// <param name="minute">A minute in the clock's own ticks.</param>
/// <param name="now">The clock's reading.</param>
internal sealed class TelemetryBucket(int perMinute, long minute, long now)
{
    // Each tick brings perMinute parts, and an event takes as many as a minute has ticks.
    private long parts = perMinute * minute;
    private long filled = now;

    /// <summary>Ticks until there is room for so many events; 0 for at once.</summary>
    public long WaitFor(int events, long at)
    {
        Fill(at);
        var missing = (events * minute) - parts;
        return missing <= 0 ? 0 : ((missing - 1) / perMinute) + 1;
    }

    /// <summary>Takes what there is room for.</summary>
    public void Take(int events) => parts -= events * minute;

    /// <summary>Whether it holds all that it may.</summary>
    public bool IsFull(long at)
    {
        Fill(at);
        return parts == perMinute * minute;
    }

    private void Fill(long at)
    {
        // After a minute it is full, however much longer it was left alone.
        var passed = Math.Clamp(at - filled, 0, minute);
        filled = Math.Max(filled, at);
        parts = Math.Min(perMinute * minute, parts + (passed * perMinute));
    }
}
