using System.Text.RegularExpressions;

namespace Navi.Agent.Code;

/// <summary>One form of definition. The expression sees the file with comments and strings blanked, so that it matches code only.</summary>
/// <param name="Expression">With the group <c>name</c>, and <c>owner</c> where the definition itself says what it belongs to.</param>
/// <param name="Kind">Outside a type.</param>
/// <param name="Place">Where it counts.</param>
/// <param name="Opens">The body that follows belongs to it.</param>
/// <param name="InType">Kind inside a type, where that differs.</param>
/// <param name="Hidden">It holds other definitions but is none itself, as Rust's impl.</param>
/// <param name="Word">For <see cref="PatternPlace.Group"/>.</param>
internal sealed record PatternRule(
    Regex Expression,
    SymbolKind Kind,
    PatternPlace Place = PatternPlace.Anywhere,
    bool Opens = false,
    SymbolKind? InType = null,
    bool Hidden = false,
    string? Word = null)
{
    public static PatternRule Of(
        string expression, SymbolKind kind, PatternPlace place = PatternPlace.Anywhere, bool opens = false, SymbolKind? inType = null, bool hidden = false, string? word = null) =>
        // Without backtracking; expressions must not stay open behind what they have matched, or each match reads on to the end of the file.
        new(new Regex(expression, RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(2)), kind, place, opens, inType, hidden, word);
}
