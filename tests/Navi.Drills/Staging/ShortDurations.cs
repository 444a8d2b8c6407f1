using System.Globalization;
using System.Text.RegularExpressions;

namespace Navi.Drills.Staging;

/// <summary>
/// Makes the durations of Prometheus' and Alertmanager's files shorter by one factor, so that an alert about an hour can be tried in minutes. Changed are the ranges of expressions
/// (<c>[5m]</c>) and the values of the members that are durations (<c>for</c>, <c>interval</c>, <c>group_wait</c> and their like); every other byte stays. Thresholds, names,
/// labels such as <c>window: 1h</c> and numbers of seconds within expressions are therefore those of production.
/// </summary>
internal static partial class ShortDurations
{
    /// <summary>By how much the drills shorten: an hour becomes two minutes, the scrape interval of 15 seconds half a second.</summary>
    public const int Factor = 30;

    /// <summary>The text with every duration divided by <paramref name="factor"/>.</summary>
    public static string Shorten(string text, int factor) => Durations().Replace(text, match =>
        string.Concat(match.Groups["before"].Value, Divide(match.Groups["duration"].Value, factor), match.Groups["after"].Value));

    /// <summary>The text with every duration that <see cref="Shorten"/> would change taken out, for the proof that nothing else is changed.</summary>
    public static string WithoutDurations(string text) => Durations().Replace(text, match => match.Groups["before"].Value + match.Groups["after"].Value);

    private static string Divide(string duration, int factor) =>
        string.Create(CultureInfo.InvariantCulture, $"{Part().Matches(duration).Sum(p => long.Parse(p.Groups["count"].Value, CultureInfo.InvariantCulture) * Milliseconds(p.Groups["unit"].Value)) / factor}ms");

    private static long Milliseconds(string unit) => unit switch
    {
        "ms" => 1, "s" => 1_000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, "w" => 604_800_000,
        _ => throw new FormatException($"'{unit}' is no unit of a duration."),
    };

    [GeneratedRegex(
        """(?<before>\[|^[ ]*(- )?\{?(for|interval|keep_firing_for|scrape_interval|scrape_timeout|evaluation_interval|resolve_timeout|group_wait|group_interval|repeat_interval):[ ]+)(?<duration>(\d+(ms|[smhdw]))+)(?<after>\]|[ ]*$)""",
        RegexOptions.Multiline)]
    private static partial Regex Durations();

    [GeneratedRegex(@"(?<count>\d+)(?<unit>ms|[smhdw])")]
    private static partial Regex Part();
}
