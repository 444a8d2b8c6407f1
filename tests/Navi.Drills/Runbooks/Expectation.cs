using System.Text.RegularExpressions;

namespace Navi.Drills.Runbooks;

/// <summary>
/// What a command must print, as the documents write it: each line as it is, <c>…</c> within a line for anything, and a line that is only <c>…</c> for any number of lines, none
/// included. Empty lines and spaces at the ends of lines do not count, nor how many spaces are between two words.
/// </summary>
internal static partial class Expectation
{
    private const string Anything = "…";

    /// <summary>True when <paramref name="printed"/> is what <paramref name="expected"/> describes, from the first line to the last.</summary>
    public static bool Fits(string expected, string printed) =>
        Regex.IsMatch(Plain(printed), Pattern(Plain(expected)), RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    /// <summary>False for one that every output fits, or nearly every: without a letter or a digit.</summary>
    public static bool SaysSomething(string expected) => expected.Any(char.IsLetterOrDigit);

    private static string Pattern(string expected)
    {
        var pattern = "";
        foreach (var line in expected.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            pattern += line == Anything ? @"(?:[^\n]*\n)*?" : string.Join("[^\n]*", line.Split(Anything).Select(Regex.Escape)) + "\n";
        return $@"\A{pattern}\z";
    }

    // With a line's end behind every line, the last one included.
    private static string Plain(string text) => text.Trim().Length == 0 ? "" : string.Join('\n', text.ReplaceLineEndings("\n").Trim().Split('\n').Select(l => Spaces().Replace(l, " ").Trim()).Where(l => l.Length > 0)) + "\n";

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Spaces();
}
