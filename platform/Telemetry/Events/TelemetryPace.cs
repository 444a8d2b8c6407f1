using Microsoft.Extensions.Options;

namespace Navi.Platform.Telemetry.Events;

/// <summary>How many events users and organisations may send to this process: a token bucket for each.</summary>
public sealed class TelemetryPace
{
    private readonly IOptions<TelemetryEventOptions> options;
    private readonly TimeProvider time;
    private readonly long minute;
    private readonly Lock access = new();
    private readonly Dictionary<(string Organisation, string? User), TelemetryBucket> buckets = [];
    private long swept;

    /// <summary>Buckets that are full.</summary>
    public TelemetryPace(IOptions<TelemetryEventOptions> options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        minute = time.TimestampFrequency * 60;
        swept = time.GetTimestamp();
    }

    /// <summary>Takes room for a batch. Null when there is; else, with nothing taken, how long to wait, and whether it is the user's own room that is used up.</summary>
    public (TimeSpan RetryAfter, bool OfUser)? TryTake(string organisation, string user, int events)
    {
        var now = time.GetTimestamp();
        lock (access)
        {
            Sweep(now);
            var own = Of((organisation, user), options.Value.UserEventsPerMinute, now);
            var all = Of((organisation, null), options.Value.OrganisationEventsPerMinute, now);
            if (own.WaitFor(events, now) is > 0 and var wait)
                return (Span(wait), true);
            if (all.WaitFor(events, now) is > 0 and var longer)
                return (Span(longer), false);
            own.Take(events);
            all.Take(events);
            return null;
        }
    }

    private TelemetryBucket Of((string, string?) whose, int perMinute, long now)
    {
        if (!buckets.TryGetValue(whose, out var bucket))
            buckets.Add(whose, bucket = new TelemetryBucket(perMinute, minute, now));
        return bucket;
    }

    // One that is full is as good as none.
    private void Sweep(long now)
    {
        if (now - swept < minute)
            return;
        swept = now;
        foreach (var (whose, bucket) in buckets)
        {
            if (bucket.IsFull(now))
                buckets.Remove(whose);
        }
    }

    private TimeSpan Span(long ticks) => time.GetElapsedTime(0, ticks);
}
