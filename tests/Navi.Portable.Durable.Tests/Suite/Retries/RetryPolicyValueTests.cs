using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Tests.Suite.Retries;

/// <summary>Behaviour: RetryPolicy's firstRetryInterval must be above 0, maxRetryInterval defaults to 1 h, retryTimeout is infinite.</summary>
public sealed class RetryPolicyValueTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Policy_ValuesThatCannotWork_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(0, Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(2, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(2, -Second));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(2, Second, backoffCoefficient: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(2, Second, maxRetryInterval: Second / 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(2, Second, retryTimeout: Second / 2));
    }

    [Fact]
    public void Policy_Defaults_AreTheVendors()
    {
        var policy = new RetryPolicy(2, Second);

        Assert.Equal(TimeSpan.FromHours(1), policy.MaxRetryInterval);
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
        Assert.Equal(1.0, policy.BackoffCoefficient);
    }
}
