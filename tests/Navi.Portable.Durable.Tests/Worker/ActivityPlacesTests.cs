using Navi.Portable.Durable.Storage;
using Navi.Portable.Durable.Tests.Support;
using Navi.Portable.Durable.Worker;

namespace Navi.Portable.Durable.Tests.Worker;

public sealed class ActivityPlacesTests
{
    private const int Places = 4;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(0.1);

    private readonly SteppedTime time = new();
    private readonly ActivityPlaces places;

    public ActivityPlacesTests() => places = new ActivityPlaces(Places, time);

    [Fact]
    public void Reserve_NothingKnownOfTheCalls_GivesThePlaces() => Assert.Equal((3, 1, 0), (places.Reserve(3), places.Reserve(9), places.Reserve(1)));

    [Fact]
    public void Reserve_CallsAreShort_GivesMore()
    {
        Run(200, Short);
        Assert.Equal(Places + (8 * Places), places.Reserve(1000));
    }

    [Fact]
    public void Reserve_OneWasLong_GivesThePlacesAlone()
    {
        Run(200, Short);
        Run(1, TimeSpan.FromSeconds(30));
        Assert.Equal(Places, places.Reserve(1000));
    }

    [Fact]
    public void Reserve_AllPlacesTakenAndNothingEnds_GivesNone()
    {
        Run(200, Short);
        Assert.Equal(Places, places.Reserve(Places));
        for (var n = 0; n < Places; n++) Assert.True(places.TryRun(Call(), out _));
        Assert.Equal(1, places.Reserve(1));
        places.GiveBack(1);

        time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(0, places.Reserve(1));
    }

    [Fact]
    public void ReserveFree_CallsAreShort_GivesNoMoreThanThereAre()
    {
        Run(200, Short);
        Assert.Equal((Places / 2, Places / 2, 0), (places.ReserveFree(all: false), places.ReserveFree(all: true), places.ReserveFree(all: false)));
    }

    [Fact]
    public void TryRun_NoPlaceIsFree_WaitsAndComesInTurn()
    {
        Run(200, Short);
        places.Reserve(Places + 2);
        for (var n = 0; n < Places; n++) Assert.True(places.TryRun(Call(), out _));
        var (first, second) = (Call(), Call());

        Assert.False(places.TryRun(first, out _));
        Assert.False(places.TryRun(second, out _));

        Assert.True(places.HasRow);
        Assert.Same(first, places.End(Short));
        Assert.Same(second, places.End(Short));
        Assert.Null(places.End(Short));
        Assert.False(places.HasRow);
    }

    [Fact]
    public void TakeStale_WaitedLong_GivesThoseAlone()
    {
        Run(200, Short);
        places.Reserve(Places + 2);
        for (var n = 0; n < Places; n++) places.TryRun(Call(), out _);
        var (first, second) = (Call(), Call());
        places.TryRun(first, out _);
        time.Advance(TimeSpan.FromMilliseconds(150));
        places.TryRun(second, out _);
        time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal([first], places.TakeStale());
        Assert.Same(second, places.End(Short));
    }

    [Fact]
    public void End_CallsWaitInTheDatabaseAndInTheRow_LeavesAShareToTheFormer()
    {
        Run(200, Short);
        places.Reserve(Places + 3);
        for (var n = 0; n < Places + 3; n++) places.TryRun(Call(), out _);
        Assert.Equal(0, places.ReserveFree(all: false));

        Assert.Null(places.End(Short));
        Assert.NotNull(places.End(Short));

        Assert.Equal(1, places.ReserveFree(all: true));
        Assert.Single(places.Claimed(1));
        Assert.NotNull(places.End(Short));
        Assert.False(places.HasRow);
    }

    [Fact]
    public void Claimed_PlacesWereUsed_RunsNothingOfTheRow()
    {
        Run(200, Short);
        places.Reserve(Places + 1);
        for (var n = 0; n < Places + 1; n++) places.TryRun(Call(), out _);
        places.ReserveFree(all: false);
        Assert.Null(places.End(Short));
        Assert.Equal(1, places.ReserveFree(all: false));

        Assert.True(places.TryRun(Call(), out _));

        Assert.Empty(places.Claimed(0));
    }

    [Fact]
    public void TryRun_RowWasEmpty_SaysSo()
    {
        Run(200, Short);
        places.Reserve(Places + 2);
        for (var n = 0; n < Places; n++) places.TryRun(Call(), out _);

        Assert.False(places.TryRun(Call(), out var first));
        Assert.False(places.TryRun(Call(), out var second));

        Assert.Equal((true, false, 2), (first, second, places.TakeRow().Count));
    }

    private void Run(int calls, TimeSpan took)
    {
        for (var n = 0; n < calls; n++)
        {
            Assert.Equal(1, places.Reserve(1));
            Assert.True(places.TryRun(Call(), out _));
            places.End(took);
        }
    }

    private static RunningActivity Call() => new(new ClaimedActivity(1, "i", 1, 1, 0, "Any", "", null, 1), new CancellationTokenSource(), 0);
}
