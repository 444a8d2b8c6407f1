using System.Text.RegularExpressions;

namespace Navi.Agent.Tools.Editing;

/// <summary>Where a text occurs in another, whatever ends their lines have.</summary>
internal static class ExactPlaces
{
    /// <summary>The places from an offset on, in order; they don't overlap.</summary>
    public static IReadOnlyList<ExactPlace> Find(string text, string wanted, int from)
    {
        var pattern = string.Join("\r?\n", wanted.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(Regex.Escape));
        var places = new List<ExactPlace>();
        var (line, counted) = (1, 0);
        foreach (var match in new Regex(pattern, RegexOptions.CultureInvariant).EnumerateMatches(text, from))
        {
            line += text.AsSpan(counted, match.Index - counted).Count('\n');
            counted = match.Index;
            places.Add(new(match.Index, match.Length, line));
        }

        return places;
    }

    /// <summary>A replacement that has no line ends but <c>"\n"</c>, with those of the place it comes to.</summary>
    /// <param name="replacement">The new text.</param>
    /// <param name="text">The text that it comes into.</param>
    /// <param name="start">Where.</param>
    /// <param name="otherwise">The line end to take when none follows.</param>
    public static string WithEndsOf(string replacement, string text, int start, string otherwise)
    {
        if (replacement.Contains('\r', StringComparison.Ordinal) || !replacement.Contains('\n', StringComparison.Ordinal))
            return replacement;
        var end = text.IndexOf('\n', start);
        var windows = end < 0 ? otherwise == "\r\n" : end > 0 && text[end - 1] == '\r';
        return windows ? replacement.Replace("\n", "\r\n", StringComparison.Ordinal) : replacement;
    }
}
