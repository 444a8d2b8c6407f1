namespace Navi.Agent.Code;

internal static class PythonPatterns
{
    public static PatternLanguage Make() => new(
        "Python",
        [
            PatternRule.Of(@"^[ \t]*class[ \t]+(?<name>\w+)", SymbolKind.Class, opens: true),
            PatternRule.Of(@"^[ \t]*(?:async[ \t]+)?def[ \t]+(?<name>\w+)", SymbolKind.Function, opens: true, inType: SymbolKind.Method),
            PatternRule.Of(@"^[ \t]*(?<name>[A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=[^=]", SymbolKind.Variable, PatternPlace.TopOrMember, inType: SymbolKind.Field),
            PatternRule.Of(@"^[ \t]+(?<name>[A-Za-z_]\w*)[ \t]*:[ \t]*[\w\[""']", SymbolKind.Field, PatternPlace.Member),
        ],
        Indented: true,
        new HashSet<string>(["else", "try", "finally", "lambda", "if", "elif", "while", "for", "with", "return"], StringComparer.Ordinal));
}
