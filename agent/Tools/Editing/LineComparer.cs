namespace Navi.Agent.Tools.Editing;

/// <summary>Compares lines with a tolerance.</summary>
internal static class LineComparer
{
    public static bool Same(string a, string b, Tolerance tolerance) => tolerance switch
    {
        Tolerance.None => a == b,
        Tolerance.TrailingBlanks => a.AsSpan().TrimEnd().SequenceEqual(b.AsSpan().TrimEnd()),
        Tolerance.Indentation => a.AsSpan().Trim().SequenceEqual(b.AsSpan().Trim()),
        Tolerance.Blanks => SameWords(a, b),
        _ => SameWords(Plain(a), Plain(b)),
    };

    private static bool SameWords(string a, string b) =>
        a.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SequenceEqual(b.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Plain(string text) => text.Any(c => c >= '\u0080') ? string.Concat(text.Select(Plain)) : text;

    private static char Plain(char c) => c switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => '-',
        _ => c,
    };
}
