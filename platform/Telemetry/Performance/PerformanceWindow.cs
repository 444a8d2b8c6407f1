namespace Navi.Platform.Telemetry.Performance;

/// <summary>A length of windows; they begin at its multiples, in UTC.</summary>
/// <param name="Name">As it is stored.</param>
/// <param name="Length">How long.</param>
/// <param name="Most">Most windows of one run; what an outage left over is caught up by the next runs.</param>
internal sealed record PerformanceWindow(string Name, TimeSpan Length, int Most)
{
    public static IReadOnlyList<PerformanceWindow> All { get; } =
        [new("5m", TimeSpan.FromMinutes(5), 288), new("1h", TimeSpan.FromHours(1), 168), new("1d", TimeSpan.FromDays(1), 31)];
}
