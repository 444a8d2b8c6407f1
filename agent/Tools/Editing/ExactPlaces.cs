using System.Text;
using System.Text.RegularExpressions;

namespace Navi.Agent.Tools.Editing;

/// <summary>Where a text occurs in another, whatever ends their lines have.</summary>
internal static class ExactPlaces
{
    private const string Break = "\r?\n";

    // Reached only by texts that repeat themselves for thousands of lines.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The places from an offset on, in order. A line end at the end of what is looked for may be the end of the text.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="wanted">What for; not empty.</param>
    /// <param name="from">The first character to look at.</param>
    /// <param name="overlapping">Whether places may overlap: to know that there is just one, they have to.</param>
    public static IReadOnlyList<ExactPlace> Find(string text, string wanted, int from, bool overlapping)
    {
        var lines = wanted.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var pattern = string.Join(Break, lines.Select(Regex.Escape));
        if (lines is [.., _, ""] && lines.Any(line => line.Length > 0))
            pattern = $"{pattern[..^Break.Length]}(?:{Break}|\\z)";
        var regex = new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        var places = new List<ExactPlace>();
        var (line, counted) = (1, 0);
        for (var match = regex.Match(text, from); match.Success; match = regex.Match(text, overlapping ? Next(text, match.Index) : match.Index + Math.Max(1, match.Length)))
        {
            line += text.AsSpan(counted, match.Index - counted).Count('\n');
            counted = match.Index;
            places.Add(new(match.Index, match.Length, line));
            if (match.Index == text.Length)
                break;
        }

        return places;
    }

    /// <summary>What comes to a place, with the line ends that are there: each the one whose turn it is, more of them the next one's or the one's before.</summary>
    public static string WithEndsOf(string replacement, string text, ExactPlace place)
    {
        var lines = replacement.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        var there = new List<string>();
        for (var at = text.IndexOf('\n', place.Start); at >= 0 && at < place.Start + place.Length; at = text.IndexOf('\n', at + 1))
            there.Add(EndAt(text, at));
        var next = text.IndexOf('\n', place.Start + place.Length);
        var before = place.Start == 0 ? -1 : text.LastIndexOf('\n', place.Start - 1);
        var otherwise = next >= 0 ? EndAt(text, next) : there.Count > 0 ? there[^1] : before >= 0 ? EndAt(text, before) : "\n";
        var result = new StringBuilder(lines[0]);
        for (var n = 1; n < lines.Length; n++)
            result.Append(n <= there.Count ? there[n - 1] : otherwise).Append(lines[n]);
        return result.ToString();
    }

    // A line end of two characters is one.
    private static int Next(string text, int index) => index + (index + 1 < text.Length && text[index] == '\r' && text[index + 1] == '\n' ? 2 : 1);

    private static string EndAt(string text, int newline) => newline > 0 && text[newline - 1] == '\r' ? "\r\n" : "\n";
}
