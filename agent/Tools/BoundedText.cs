using System.Globalization;

namespace Navi.Agent.Tools;

/// <summary>Head and tail of a long text: the beginning says what ran, the end says how it ended.</summary>
internal static class BoundedText
{
    /// <summary>At most about <paramref name="limit"/> characters of <paramref name="text"/>; what is left out is counted in between.</summary>
    public static string Cut(string text, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 2);
        if (text.Length <= limit)
            return text;
        var head = Whole(text, limit / 2);
        var tail = text.Length - (limit - limit / 2);
        if (char.IsLowSurrogate(text[tail]))
            tail++;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, head)}\n[... {tail - head} characters left out ...]\n{text.AsSpan(tail)}");
    }

    /// <summary>A value for an error message: one line, at most 80 characters.</summary>
    public static string Brief(string value)
    {
        var line = value.ReplaceLineEndings(" ");
        return line.Length <= 80 ? line : string.Concat(line.AsSpan(0, Whole(line, 77)), "...");
    }

    private static int Whole(string text, int length) => length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
