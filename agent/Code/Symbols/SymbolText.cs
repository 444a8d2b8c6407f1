using System.Text;

namespace Navi.Agent.Code;

/// <summary>Heads of definitions for people and models.</summary>
internal static class SymbolText
{
    private const int Longest = 160;
    private const int MostRead = 2_000;

    /// <summary>One line without doubled blanks, at most 160 characters.</summary>
    public static string Head(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, MostRead)].Trim();
        var result = new StringBuilder(Math.Min(text.Length, Longest + 1));
        foreach (var c in text)
        {
            if (result.Length > Longest)
                break;
            if (!char.IsWhiteSpace(c))
                result.Append(c);
            else if (result.Length > 0 && result[^1] != ' ')
                result.Append(' ');
        }

        if (result.Length <= Longest)
            return result.ToString();
        var end = char.IsHighSurrogate(result[Longest - 4]) ? Longest - 4 : Longest - 3;
        return result.ToString(0, end) + "...";
    }

    /// <summary>A definition as a line of a list.</summary>
    public static string Line(CodeSymbol symbol) => $"{symbol.Path}:{symbol.Line}: {Word(symbol.Kind)} {symbol.FullName}  {symbol.Signature}";

    public static string Word(SymbolKind kind) => kind == SymbolKind.EnumMember ? "enum member" : kind.ToString().ToLowerInvariant();
}
