namespace Navi.Agent.Code;

internal static class GoPatterns
{
    public static PatternLanguage Make() => new(
        "Go",
        [
            PatternRule.Of(@"^func[ \t]*\([ \t]*(?:\w+[ \t]+)?\*?[ \t]*(?<owner>\w+)(?:\[[^\]\n]*\])?[ \t]*\)[ \t]*(?<name>\w+)", SymbolKind.Method, PatternPlace.Top, opens: true),
            PatternRule.Of(@"^func[ \t]+(?<name>\w+)", SymbolKind.Function, PatternPlace.Top, opens: true),
            PatternRule.Of(@"^type[ \t]+(?<name>\w+)\b[ \t]*(?:\[[^\]\n]*\][ \t]*)?struct\b", SymbolKind.Struct, PatternPlace.Top, opens: true),
            PatternRule.Of(@"^type[ \t]+(?<name>\w+)\b[ \t]*(?:\[[^\]\n]*\][ \t]*)?interface\b", SymbolKind.Interface, PatternPlace.Top, opens: true),
            PatternRule.Of(@"^type[ \t]+(?<name>\w+)", SymbolKind.Type, PatternPlace.Top),
            PatternRule.Of(@"^[ \t]+(?<name>\w+)\b[ \t]*(?:\[[^\]\n]*\][ \t]*)?struct\b", SymbolKind.Struct, PatternPlace.Group, opens: true, word: "type"),
            PatternRule.Of(@"^[ \t]+(?<name>\w+)\b[ \t]*(?:\[[^\]\n]*\][ \t]*)?interface\b", SymbolKind.Interface, PatternPlace.Group, opens: true, word: "type"),
            PatternRule.Of(@"^[ \t]+(?<name>\w+)[ \t]+[\w*\[(]", SymbolKind.Type, PatternPlace.Group, word: "type"),
            PatternRule.Of(@"^const[ \t]+(?<name>\w+)", SymbolKind.Constant, PatternPlace.Top),
            PatternRule.Of(@"^[ \t]+(?<name>\w+)", SymbolKind.Constant, PatternPlace.Group, word: "const"),
            PatternRule.Of(@"^var[ \t]+(?<name>\w+)", SymbolKind.Variable, PatternPlace.Top),
            PatternRule.Of(@"^[ \t]+(?<name>\w+)[ \t]*[\w=*\[(,]", SymbolKind.Variable, PatternPlace.Group, word: "var"),
            PatternRule.Of(@"^[ \t]+(?<name>\w+)[ \t]*\(", SymbolKind.Method, PatternPlace.Member),
            PatternRule.Of(@"^[ \t]+(?<name>\w+)[ \t]+[\w*\[(.]", SymbolKind.Field, PatternPlace.Member),
        ],
        Indented: false,
        new HashSet<string>(["_"], StringComparer.Ordinal));
}
