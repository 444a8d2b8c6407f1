using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Tests.Worker;

public sealed class DatabaseClockTests
{
    private static readonly DateTime Noon = new(2030, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Now_NeverTold_IsUnknown() => Assert.Null(new DatabaseClock().Now);

    [Fact]
    public void Now_Told_GoesOnFromThere()
    {
        var clock = new DatabaseClock();
        clock.Saw(Noon);

        var first = clock.Now;

        Assert.True(first >= Noon && clock.Now >= first);
    }

    [Fact]
    public void Saw_AnAnswerThatWasLongerOnItsWay_TellsNothingNew()
    {
        var clock = new DatabaseClock();
        clock.Saw(Noon);

        clock.Saw(Noon.AddSeconds(-5));

        Assert.True(clock.Now >= Noon);
    }
}
