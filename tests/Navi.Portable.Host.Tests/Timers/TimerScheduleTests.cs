using Navi.Portable.Host.Timers;

namespace Navi.Portable.Host.Tests.Timers;

public sealed class TimerScheduleTests
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("*/15 * * * * *", 15)]
    [InlineData("0 5 * * * *", 300)]
    [InlineData("0 0 13 * * *", 3600)]
    public void After_SixFields_GivesTheNextOccurrenceInUtc(string expression, int seconds)
    {
        var next = TimerSchedule.Parse(expression)!.After(Noon);
        Assert.Equal(Noon.AddSeconds(seconds), next);
        Assert.Equal(DateTimeKind.Utc, next.Kind);
    }

    [Theory]
    [InlineData("* * * * * *", 1, 0)]
    [InlineData("* * * * * *", 400 * 86400, 0)]
    [InlineData("0 0 0 * * *", 86400, 12 * 3600)]
    [InlineData("0 0 0 1 1 *", 400 * 86400, 59 * 86400 + (12 * 3600))]
    public void LatestMissed_LongSleep_GivesTheLatestOnly(string expression, int slept, int ago) =>
        Assert.Equal(Noon.AddSeconds(-ago), TimerSchedule.Parse(expression)!.LatestMissed(Noon.AddSeconds(-slept), Noon));

    [Fact]
    public void LatestMissed_NothingMissed_IsNull() => Assert.Null(TimerSchedule.Parse("0 0 0 * * *")!.LatestMissed(Noon.AddHours(-11), Noon));

    [Theory]
    [InlineData("")]
    [InlineData("* * * * *")]
    [InlineData("00:05:00")]
    [InlineData("61 * * * * *")]
    public void Parse_AnythingElse_IsNull(string expression) => Assert.Null(TimerSchedule.Parse(expression));
}
