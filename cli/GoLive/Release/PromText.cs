using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Navi.Cli.GoLive.Release;

/// <summary>What has several spellings in Prometheus: it gives rules back in its own.</summary>
internal static partial class PromText
{
    /// <summary>
    /// A query without white space and comments outside of its strings, the matchers of a selector in one order. That is all that Prometheus changes of ours, which the drill of the go-live check holds against
    /// a real one.
    /// </summary>
    public static string Bare(string query)
    {
        var bare = new StringBuilder(query.Length);
        List<string>? matchers = null;
        foreach (var part in Parts().Matches(query).Where(m => m.Groups["kept"].Success).Select(m => m.Value))
        {
            if (part == "{")
                matchers = [""];
            else if (part == "}" && matchers is not null)
            {
                bare.Append('{').AppendJoin(',', matchers.Where(m => m.Length > 0).Order(StringComparer.Ordinal)).Append('}');
                matchers = null;
            }
            else if (part == "," && matchers is not null)
                matchers.Add("");
            else if (matchers is not null)
                matchers[^1] += part;
            else
                bare.Append(part);
        }
        return bare.ToString();
    }

    /// <summary>A duration as rules give it: numbers with units, such as <c>1h30m</c> (Prometheus: Time Durations).</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Duration(string text) => Durations().Match(text) is { Success: true } match
        ? match.Groups["part"].Captures.Aggregate(TimeSpan.Zero, (sum, part) => sum + One(part.Value))
        : throw new FormatException($"'{text}' is no duration.");

    private static TimeSpan One(string part)
    {
        var unit = part.TrimStart([.. "0123456789"]);
        var number = long.Parse(part[..^unit.Length], CultureInfo.InvariantCulture);
        return unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            "d" => TimeSpan.FromDays(number),
            "w" => TimeSpan.FromDays(7 * number),
            _ => TimeSpan.FromDays(365 * number),
        };
    }

    [GeneratedRegex("""(?<kept>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|#[^\n]*|\s+|(?<kept>[{},]|[^\s"'`#{},]+)""")]
    private static partial Regex Parts();

    [GeneratedRegex("^(?<part>[0-9]+(?:ms|[smhdwy]))+$")]
    private static partial Regex Durations();
}
