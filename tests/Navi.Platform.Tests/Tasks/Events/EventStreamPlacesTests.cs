using Microsoft.Extensions.Options;
using Navi.Platform.Tasks.Events.Streams;

namespace Navi.Platform.Tests.Tasks.Events;

public sealed class EventStreamPlacesTests
{
    [Fact]
    public void TryTake_OverABound_RefusesWithTheBoundThatIsMet()
    {
        var places = Make(3, 2);
        Assert.NotNull(places.TryTake("acme", "ada", out _));
        var second = places.TryTake("acme", "ada", out _);
        Assert.Null(places.TryTake("acme", "ada", out var user));
        // The same name in another organisation is another user.
        Assert.NotNull(places.TryTake("other", "ada", out _));
        Assert.Null(places.TryTake("other", "ada", out var process));
        Assert.Equal((PlaceRefusal.User, PlaceRefusal.Process), (user, process));

        second!.Dispose();
        second.Dispose();

        Assert.Equal(2, places.Open);
        Assert.NotNull(places.TryTake("acme", "ada", out _));
        Assert.Null(places.TryTake("acme", "eve", out _));
    }

    [Fact]
    public void TryTake_ManyAtOnce_GivesAsManyAsThereAre()
    {
        var places = Make(100, 100);
        var given = new int[1];
        Parallel.For(0, 1_000, n =>
        {
            if (places.TryTake("acme", $"user {n % 7}", out _) is not null)
                Interlocked.Increment(ref given[0]);
        });
        Assert.Equal((100, 100), (given[0], places.Open));
    }

    private static EventStreamPlaces Make(int process, int user) => new(Options.Create(new EventStreamOptions { MaxStreams = process, MaxStreamsPerUser = user }));
}
