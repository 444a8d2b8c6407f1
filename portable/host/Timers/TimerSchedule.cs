using NCrontab;

namespace Navi.Portable.Host.Timers;

/// <summary>A six-field NCrontab expression: second, minute, hour, day, month, day of the week; UTC.</summary>
internal sealed class TimerSchedule
{
    private static readonly CrontabSchedule.ParseOptions SixFields = new() { IncludingSeconds = true };
    private readonly CrontabSchedule schedule;

    private TimerSchedule(CrontabSchedule schedule) => this.schedule = schedule;

    /// <summary>The schedule, or null when the text is not a six-field expression.</summary>
    public static TimerSchedule? Parse(string expression) =>
        CrontabSchedule.TryParse(expression, SixFields) is { } parsed ? new TimerSchedule(parsed) : null;

    /// <summary>The first occurrence after <paramref name="time"/>.</summary>
    public DateTime After(DateTime time) => DateTime.SpecifyKind(schedule.GetNextOccurrence(time), DateTimeKind.Utc);

    /// <summary>The latest occurrence after <paramref name="last"/> and not after <paramref name="now"/>; null when there is none.</summary>
    public DateTime? LatestMissed(DateTime last, DateTime now)
    {
        // Looks back in growing windows: a timer of every second that slept for a year must not be walked second by second.
        for (var window = TimeSpan.FromMinutes(1); ; window *= 8)
        {
            var whole = now - last <= window;
            var from = whole ? last : now - window;
            DateTime? latest = null;
            for (var next = After(from); next <= now; next = After(next))
                latest = next;
            if (latest is not null || whole)
                return latest;
        }
    }
}
