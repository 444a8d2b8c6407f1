namespace Navi.Agent.Code;

internal static class RustPatterns
{
    private const string Start = @"^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?";

    public static PatternLanguage Make() => new(
        "Rust",
        [
            PatternRule.Of(@"^[ \t]*(?:unsafe[ \t]+)?impl\b(?:[ \t]*<[^{;\n]*>)?[ \t]+(?:[^{;\n]*[ \t]for[ \t]+)?&?(?:\w+::)*(?<name>\w+)", SymbolKind.Type, opens: true, hidden: true),
            PatternRule.Of(Start + @"(?:default[ \t]+)?(?:const[ \t]+)?(?:async[ \t]+)?(?:unsafe[ \t]+)?(?:extern[ \t]+(?:""[^""\n]*""[ \t]+)?)?fn[ \t]+(?<name>\w+)", SymbolKind.Function, opens: true, inType: SymbolKind.Method),
            PatternRule.Of(Start + @"struct[ \t]+(?<name>\w+)", SymbolKind.Struct, opens: true),
            PatternRule.Of(Start + @"union[ \t]+(?<name>\w+)[ \t]*[{<]", SymbolKind.Struct, opens: true),
            PatternRule.Of(Start + @"enum[ \t]+(?<name>\w+)", SymbolKind.Enum, opens: true),
            PatternRule.Of(Start + @"(?:unsafe[ \t]+)?(?:auto[ \t]+)?trait[ \t]+(?<name>\w+)", SymbolKind.Trait, opens: true),
            PatternRule.Of(Start + @"mod[ \t]+(?<name>\w+)", SymbolKind.Namespace, opens: true),
            PatternRule.Of(Start + @"type[ \t]+(?<name>\w+)", SymbolKind.Type),
            PatternRule.Of(Start + @"const[ \t]+(?<name>\w+)[ \t]*:", SymbolKind.Constant),
            PatternRule.Of(Start + @"static[ \t]+(?:mut[ \t]+)?(?<name>\w+)[ \t]*:", SymbolKind.Variable),
            PatternRule.Of(@"^[ \t]*macro_rules![ \t]*(?<name>\w+)", SymbolKind.Macro),
            PatternRule.Of(@"^[ \t]+(?:pub(?:\([^)\n]*\))?[ \t]+)?(?<name>\w+)[ \t]*:[^:]", SymbolKind.Field, PatternPlace.Member),
            PatternRule.Of(@"^[ \t]+(?<name>[A-Z]\w*)[ \t]*[,({=\n\r]", SymbolKind.EnumMember, PatternPlace.Member),
        ],
        Indented: false,
        new HashSet<string>(["_", "for"], StringComparer.Ordinal));
}
