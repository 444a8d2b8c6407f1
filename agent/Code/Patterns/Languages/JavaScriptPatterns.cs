namespace Navi.Agent.Code;

internal static class JavaScriptPatterns
{
    private const string Start = @"(?:^|[^\w$.])";
    private const string Name = @"(?<name>[A-Za-z_$][\w$]*)";
    private const string Function = @"(?:async\s*)?(?:function\b|\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)\s*(?::[^=\n;{]+)?=>|[\w$]+\s*=>)";
    private const string Modifiers = @"(?:(?:public|private|protected|static|async|override|abstract|readonly|get|set|declare|accessor)\s+)";

    private static IReadOnlySet<string> Words => new HashSet<string>(["extends", "function"], StringComparer.Ordinal);

    public static PatternLanguage JavaScript() => new("JavaScript", Common, Indented: false, Words);

    public static PatternLanguage TypeScript() => new(
        "TypeScript",
        [
            PatternRule.Of(Start + @"interface\s+" + Name + @"[^;{}()]*\{", SymbolKind.Interface, opens: true),
            PatternRule.Of(Start + @"enum\s+" + Name + @"\s*\{", SymbolKind.Enum, opens: true),
            PatternRule.Of(@"^[ \t]*(?:export\s+)?(?:declare\s+)?type\s+" + Name + @"\s*(?:<[^=;{}]*>)?\s*=", SymbolKind.Type),
            PatternRule.Of(@"^[ \t]*(?:export\s+)?(?:declare\s+)?(?:namespace|module)\s+(?<name>[\w$.]+)\s*\{", SymbolKind.Namespace, opens: true),
            .. Common,
            PatternRule.Of(@"^[ \t]*" + Modifiers + @"+#?" + Name + @"\s*[?!]?\s*[:=;]", SymbolKind.Field, PatternPlace.Member),
            PatternRule.Of(@"^[ \t]*(?:readonly\s+)?" + Name + @"\s*[?!]?\s*:[^:]", SymbolKind.Property, PatternPlace.Member),
        ],
        Indented: false,
        Words);

    private static IReadOnlyList<PatternRule> Common =>
    [
        PatternRule.Of(Start + @"class\s+" + Name, SymbolKind.Class, opens: true),
        // A name inside an expression is known only there.
        PatternRule.Of(@"(?:^|[;{})])[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:declare[ \t]+)?(?:async[ \t]+)?function\s*\*?\s*" + Name + @"\s*[(<]", SymbolKind.Function, opens: true),
        PatternRule.Of(Start + @"(?:const|let|var)\s+" + Name + @"\s*(?::[^=;\n]+)?=\s*" + Function, SymbolKind.Function, opens: true),
        PatternRule.Of(Start + @"(?:const|let|var)\s+" + Name + @"\s*=\s*class\b", SymbolKind.Class, opens: true),
        PatternRule.Of(@"^[ \t]*(?:[\w$]+\.)+" + Name + @"\s*=\s*" + Function, SymbolKind.Function, opens: true),
        PatternRule.Of(@"^[ \t]*" + Name + @"\s*:\s*(?:async\s+)?function\b", SymbolKind.Method, opens: true),
        PatternRule.Of(@"^(?:export\s+)?const\s+" + Name, SymbolKind.Constant, PatternPlace.Top),
        PatternRule.Of(@"^(?:export\s+)?(?:declare\s+)?(?:let|var|const)\s+" + Name, SymbolKind.Variable, PatternPlace.Top),
        PatternRule.Of(@"^[ \t]*" + Modifiers + @"*\*?\s*#?" + Name + @"\s*\??\s*(?:<[^<>()\n]*(?:<[^<>()\n]*>[^<>()\n]*)*>)?\s*\(", SymbolKind.Method, PatternPlace.Member, opens: true),
        PatternRule.Of(@"^[ \t]*" + Modifiers + @"*#?" + Name + @"\s*(?::[^=;\n]+)?=\s*" + Function, SymbolKind.Method, PatternPlace.Member, opens: true),
    ];
}
