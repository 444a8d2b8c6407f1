namespace Navi.Agent.Tools.Editing;

/// <summary>What is left of a line when what a tolerance overlooks is taken away: lines of the same are the same.</summary>
internal static class LineComparer
{
    public static string Key(string line, Tolerance tolerance) => tolerance switch
    {
        Tolerance.None => line,
        Tolerance.TrailingBlanks => line.TrimEnd(),
        Tolerance.Indentation => line.Trim(),
        Tolerance.Blanks => Words(line),
        _ => Words(Plain(line)),
    };

    public static bool Same(string a, string b, Tolerance tolerance) => Key(a, tolerance) == Key(b, tolerance);

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Plain(string text) => text.Any(c => c >= '\u0080') ? string.Concat(text.Select(Plain)) : text;

    private static char Plain(char c) => c switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' => '\'',
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' => '"',
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212' => '-',
        _ => c,
    };
}
