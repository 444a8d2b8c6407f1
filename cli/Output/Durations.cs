using System.Globalization;

namespace Navi.Cli.Output;

internal static class Durations
{
    /// <summary>A length of time as people say it: 4.2 s, 3 min 5 s, 2 h 10 min.</summary>
    public static string Say(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0.0} s"),
        { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        { TotalHours: < 48 } => $"{(int)time.TotalHours} h {time.Minutes} min",
        _ => $"{(int)time.TotalDays} days {time.Hours} h",
    };
}
