using System.Text.RegularExpressions;

namespace Navi.Drills.Queries;

/// <summary>What a query of Prometheus is about. It finds NAVI's names (<c>navi_…</c>, <c>navi:…</c>) and <c>up</c>; whether the query is one is Prometheus' own matter.</summary>
internal static partial class PromQl
{
    /// <summary>The metrics that <paramref name="query"/> names, recorded ones too.</summary>
    public static IEnumerable<string> MetricsOf(string query) => SelectorsOf(query).Select(s => s.Metric).Distinct();

    /// <summary>Every metric with the labels it is selected by.</summary>
    public static IEnumerable<Selector> SelectorsOf(string query) => Metric().Matches(WithoutTexts(query))
        .Select(m => new Selector(m.Groups["name"].Value, [.. Label().Matches(m.Groups["labels"].Value).Select(l => l.Groups[1].Value)]));

    /// <summary>The labels that results are grouped or matched by.</summary>
    public static IEnumerable<string> GroupingsOf(string query) => Grouping().Matches(WithoutTexts(query))
        .SelectMany(m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct();

    // What stands in quotes is data: a brace or a name in it means nothing.
    private static string WithoutTexts(string query) => Text().Replace(query, "\"\"");

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"(?<![\w:$])(?<name>navi[_:][\w:]+|up)\b(?:\{(?<labels>[^}]*)\})?")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(\w+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex Label();

    [GeneratedRegex(@"\b(?:by|on|group_left|group_right|ignoring|without)\s*\(([^)]*)\)")]
    private static partial Regex Grouping();
}
