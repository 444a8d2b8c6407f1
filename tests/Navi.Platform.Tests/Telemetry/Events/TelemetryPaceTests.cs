using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Navi.Platform.Telemetry.Events;

namespace Navi.Platform.Tests.Telemetry.Events;

public sealed class TelemetryPaceTests
{
    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData(100)]
    [InlineData(119)]
    [InlineData(600)]
    [InlineData(999_983)]
    public void Refill_OfAMinute_IsExactlyAMinutesEvents(int perMinute)
    {
        var pace = Pace(perMinute, 10_000_000);
        Assert.Null(pace.TryTake("acme", "ada", perMinute));
        // In unequal steps, which leave parts of events.
        foreach (var seconds in new[] { 7, 1, 13, 38 })
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.NotNull(pace.TryTake("acme", "ada", perMinute));
        }
        time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal((TimeSpan.FromTicks(1), true), pace.TryTake("acme", "ada", perMinute));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(pace.TryTake("acme", "ada", perMinute));
        Assert.NotNull(pace.TryTake("acme", "ada", 1));
    }

    [Fact]
    public void Refusal_NamesTheWaitAfterWhichThereIsRoom()
    {
        var pace = Pace(119, 1_000);
        pace.TryTake("acme", "ada", 119);
        var refused = pace.TryTake("acme", "ada", 60)!.Value;
        Assert.InRange(refused.RetryAfter.TotalSeconds, 30.25, 30.26);
        time.Advance(refused.RetryAfter);
        Assert.Null(pace.TryTake("acme", "ada", 60));
    }

    [Fact]
    public void Refusal_ForTheOrganisation_TakesNothingOfTheUsersRoom()
    {
        var pace = Pace(100, 150);
        Assert.Null(pace.TryTake("acme", "ada", 100));
        Assert.Equal(false, pace.TryTake("acme", "grace", 60)?.OfUser);
        Assert.Null(pace.TryTake("other", "grace", 100));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(pace.TryTake("acme", "grace", 100));
    }

    [Fact]
    public void Buckets_LeftAloneForLong_AreFullAndNoMore()
    {
        var pace = Pace(100, 1_000);
        Assert.Null(pace.TryTake("acme", "ada", 100));
        time.Advance(TimeSpan.FromDays(400));
        Assert.NotNull(pace.TryTake("acme", "ada", 101));
        Assert.Null(pace.TryTake("acme", "ada", 100));
    }

    private TelemetryPace Pace(int user, int organisation) => new(Options.Create(new TelemetryEventOptions { UserEventsPerMinute = user, OrganisationEventsPerMinute = organisation }), time);
}
