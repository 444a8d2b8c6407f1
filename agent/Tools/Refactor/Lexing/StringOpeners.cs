namespace Navi.Agent.Tools.Refactor;

/// <summary>Literals whose shape depends on what stands before or around their quote.</summary>
internal static class StringOpeners
{
    private const int LongestCharacter = 12;
    private const int LongestTag = 20;

    /// <summary>Prefixes r, b, u, f, t in any case and order; triple quotes; braces in f-strings are code.</summary>
    public static (StringForm Form, int Length)? Python(string text, int at)
    {
        var quote = at;
        while (quote < text.Length && quote - at < 2 && "rRbBuUfFtT".Contains(text[quote], StringComparison.Ordinal))
            quote++;
        if (quote >= text.Length || text[quote] is not ('"' or '\'') || (quote > at && at > 0 && IsWord(text[at - 1])))
            return null;
        var prefix = text.AsSpan(at, quote - at);
        var triple = quote + 2 < text.Length && text[quote + 1] == text[quote] && text[quote + 2] == text[quote];
        IReadOnlyList<(string, char)>? holes = prefix.IndexOfAny("fFtT") >= 0 ? [("{", '}')] : null;

        // In raw strings, too, a backslash keeps the quote after it from closing.
        var form = new StringForm(new string(text[quote], triple ? 3 : 1), Multiline: triple, Holes: holes);
        return (form, quote - at + form.Close.Length);
    }

    /// <summary>Regular, verbatim, interpolated and raw strings, and characters.</summary>
    public static (StringForm Form, int Length)? CSharp(string text, int at)
    {
        if (text[at] == '\'')
            return Character(text, at);
        // The run was looked at from its beginning.
        if (text[at] is '$' or '@' && at > 0 && text[at - 1] is '$' or '@')
            return null;
        var quote = at;
        while (quote < text.Length && text[quote] is '$' or '@')
            quote++;
        if (quote >= text.Length || text[quote] != '"')
            return null;
        var dollars = text.AsSpan(at, quote - at).Count('$');
        var verbatim = text.AsSpan(at, quote - at).Contains('@');
        var quotes = Run(text, quote, '"');
        IReadOnlyList<(string, char)>? holes = dollars > 0 ? [(new string('{', dollars), '}')] : null;
        if (quotes >= 3 && !verbatim)
            return (new StringForm(new string('"', quotes), Backslash: false, Multiline: true, Holes: holes), quote - at + quotes);
        return (new StringForm("\"", Backslash: !verbatim, Doubled: verbatim, Multiline: verbatim, Holes: holes), quote - at + 1);
    }

    /// <summary>Plain and byte strings span lines; raw ones end with as many '#' as they began; an apostrophe may begin a lifetime.</summary>
    public static (StringForm Form, int Length)? Rust(string text, int at)
    {
        if (text[at] == '\'')
            return Character(text, at);
        var i = at;
        if (text[i] is 'b' or 'c')
            i++;
        var raw = i < text.Length && text[i] == 'r';
        if (raw)
            i++;
        if (i > at && at > 0 && IsWord(text[at - 1]))
            return null;
        var hashes = raw && i < text.Length ? Run(text, i, '#') : 0;
        i += hashes;
        if (i >= text.Length || text[i] != '"')
            return null;

        // format!("{total}") captures a name: braces that hold one are code.
        return raw
            ? (new StringForm("\"" + new string('#', hashes), Backslash: false, Multiline: true, BraceNames: true), i - at + 1)
            : (new StringForm("\"", Multiline: true, BraceNames: true), i - at + 1);
    }

    /// <summary>C and C++, with raw strings R"tag( )tag".</summary>
    public static (StringForm Form, int Length)? C(string text, int at)
    {
        if (text[at] == '\'')
            return Character(text, at);
        if (text[at] == '"')
            return (new StringForm("\""), 1);
        if (text[at] != 'R' || at + 1 >= text.Length || text[at + 1] != '"' || (at > 0 && IsWord(text[at - 1]) && text[at - 1] is not ('u' or 'U' or 'L' or '8')))
            return null;
        var parenthesis = text.IndexOf('(', at, Math.Min(LongestTag, text.Length - at));
        return parenthesis < 0
            ? null
            : (new StringForm(")" + text[(at + 2)..parenthesis] + "\"", Backslash: false, Multiline: true), parenthesis - at + 1);
    }

    // 'x' and '\n' are characters; 'a in a Rust type and 1'000 in C++ are not.
    private static (StringForm Form, int Length)? Character(string text, int at)
    {
        if (at + 2 >= text.Length || (at > 0 && IsWord(text[at - 1]) && char.IsDigit(text[at - 1])))
            return null;
        var close = text[at + 1] == '\\' ? text.IndexOf('\'', at + 3, Math.Min(LongestCharacter, Math.Max(0, text.Length - at - 3))) : char.IsHighSurrogate(text[at + 1]) ? at + 3 : at + 2;
        return close > 0 && close < text.Length && text[close] == '\'' && text[at + 1] != '\'' ? (new StringForm("'"), 1) : null;
    }

    private static int Run(string text, int at, char c)
    {
        var length = 0;
        while (at + length < text.Length && text[at + length] == c)
            length++;
        return length;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
