using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Navi.Platform.Telemetry.Events;

/// <summary>How many events users and organisations may send to this process: a token bucket for each, filled every second.</summary>
public sealed class TelemetryPace : IDisposable
{
    private readonly PartitionedRateLimiter<(string Organisation, string User)> users;
    private readonly PartitionedRateLimiter<(string Organisation, string User)> organisations;

    /// <summary>Buckets of a minute's events.</summary>
    public TelemetryPace(IOptions<TelemetryEventOptions> options)
    {
        var given = options.Value;
        users = PartitionedRateLimiter.Create<(string Organisation, string User), (string, string)>(who => RateLimitPartition.GetTokenBucketLimiter((who.Organisation, who.User), _ => Bucket(given.UserEventsPerMinute)));
        organisations = PartitionedRateLimiter.Create<(string Organisation, string User), string>(who => RateLimitPartition.GetTokenBucketLimiter(who.Organisation, _ => Bucket(given.OrganisationEventsPerMinute)));
    }

    /// <summary>Takes room for a batch. Null when there is; else how long to wait, and whether it is the user's own room that is used up.</summary>
    public (TimeSpan RetryAfter, bool OfUser)? TryTake(string organisation, string user, int events)
    {
        using var own = users.AttemptAcquire((organisation, user), events);
        if (!own.IsAcquired)
            return (Wait(own), true);
        using var all = organisations.AttemptAcquire((organisation, user), events);
        return all.IsAcquired ? null : (Wait(all), false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        users.Dispose();
        organisations.Dispose();
    }

    private static TimeSpan Wait(RateLimitLease refused) => refused.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);

    private static TokenBucketRateLimiterOptions Bucket(int perMinute) => new()
    {
        TokenLimit = perMinute, TokensPerPeriod = Math.Max(1, perMinute / 60), ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true,
    };
}
