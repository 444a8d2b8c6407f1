namespace Navi.Agent.Code;

/// <summary>Definitions of C and C++; what is only declared is left out. Code that a macro writes is not seen.</summary>
internal static class CPatterns
{
    private const string Arguments = @"\s*\([^;{}()]*(?:\([^;{}()]*(?:\([^;{}()]*\)[^;{}()]*)*\)[^;{}()]*)*\)";

    public static PatternLanguage C() => new("C", Rules(@"(?<name>[A-Za-z_]\w*)"), Indented: false, Words);

    public static PatternLanguage CPlusPlus() => new(
        "C++",
        [
            PatternRule.Of(@"^[ \t]*(?:inline[ \t]+)?namespace[ \t]+(?<name>[\w:]+)\s*\{", SymbolKind.Namespace, opens: true),
            PatternRule.Of(@"^[ \t]*(?:template[ \t]*<[^;{}]*>\s*)?class[ \t]+(?:[A-Z_]+[ \t]+)?(?<name>\w+)(?:[ \t]+final)?\s*(?::[^;{}()]*)?\{", SymbolKind.Class, opens: true),
            PatternRule.Of(@"^[ \t]*using[ \t]+(?<name>\w+)[ \t]*=", SymbolKind.Type),
            .. Rules(@"(?:\w+::)*?(?:(?<owner>\w+)(?:<[^<>;{}()\n]*>)?::)?(?<name>~?[A-Za-z_]\w*|operator[^\w\s(][^\s(]*)"),
            PatternRule.Of(@"^[ \t]+(?:[\w:*&<>,~]+[ \t*&]+)*(?<name>~?[A-Za-z_]\w*)" + Arguments + @"[^;{}()=]*(?::[^;{}]*)?\{", SymbolKind.Method, PatternPlace.Member, opens: true),
        ],
        Indented: false,
        Words);

    private static IReadOnlySet<string> Words => new HashSet<string>(
        ["if", "else", "for", "while", "do", "switch", "case", "return", "catch", "sizeof", "defined", "alignof", "decltype", "static_assert", "noexcept", "__attribute__", "struct", "union", "enum", "void", "int"],
        StringComparer.Ordinal);

    private static IReadOnlyList<PatternRule> Rules(string name) =>
    [
        PatternRule.Of(@"^[ \t]*#[ \t]*define[ \t]+(?<name>\w+)", SymbolKind.Macro),
        PatternRule.Of(@"^[ \t]*(?:typedef[ \t]+|static[ \t]+|const[ \t]+|template[ \t]*<[^;{}]*>\s*)*(?:struct|union)[ \t]+(?<name>\w+)\s*(?::[^;{}()]*)?\{", SymbolKind.Struct, opens: true),
        PatternRule.Of(@"^[ \t]*(?:typedef[ \t]+|static[ \t]+)*enum[ \t]+(?:class[ \t]+|struct[ \t]+)?(?<name>\w+)\s*(?::[^;{}()]*)?\{", SymbolKind.Enum, opens: true),
        PatternRule.Of(@"^\}[ \t]*(?<name>\w+)[ \t]*;", SymbolKind.Type),
        PatternRule.Of(@"^[ \t]*typedef[ \t]+[^;{}()]+[ \t*](?<name>\w+)[ \t]*(?:\[[^\]\n]*\])?;", SymbolKind.Type),
        PatternRule.Of(@"^[ \t]*typedef[ \t]+[^;{}()]+\([ \t]*\*[ \t]*(?<name>\w+)[ \t]*\)", SymbolKind.Type),
        PatternRule.Of(@"^(?:[A-Za-z_][\w:*&<>, \t\r\n]*[\s*&])?" + name + Arguments + @"[^;{}()=]*(?::[^;{}]*)?\{", SymbolKind.Function, PatternPlace.Top, opens: true),
    ];
}
