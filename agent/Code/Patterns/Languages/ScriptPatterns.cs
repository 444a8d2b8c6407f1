namespace Navi.Agent.Code;

internal static class ScriptPatterns
{
    public static PatternLanguage Php() => new(
        "PHP",
        [
            PatternRule.Of(@"^[ \t]*(?:(?:abstract|final|readonly)[ \t]+)*class[ \t]+(?<name>\w+)", SymbolKind.Class, opens: true),
            PatternRule.Of(@"^[ \t]*interface[ \t]+(?<name>\w+)", SymbolKind.Interface, opens: true),
            PatternRule.Of(@"^[ \t]*trait[ \t]+(?<name>\w+)", SymbolKind.Trait, opens: true),
            PatternRule.Of(@"^[ \t]*enum[ \t]+(?<name>\w+)", SymbolKind.Enum, opens: true),
            PatternRule.Of(@"^[ \t]*namespace[ \t]+(?<name>[\w\\]+)[ \t]*\{", SymbolKind.Namespace, opens: true),
            PatternRule.Of(@"^[ \t]*(?:(?:abstract|final|public|private|protected|static)[ \t]+)*function[ \t]+&?[ \t]*(?<name>\w+)", SymbolKind.Function, opens: true, inType: SymbolKind.Method),
            PatternRule.Of(@"^[ \t]*(?:(?:final|public|private|protected)[ \t]+)*const[ \t]+(?:[\w?|]+[ \t]+)?(?<name>\w+)[ \t]*=", SymbolKind.Constant, PatternPlace.TopOrMember),
            PatternRule.Of(@"^[ \t]*(?:(?:public|private|protected|static|readonly|var)[ \t]+)+(?:[\w?|\\]+[ \t]+)?\$(?<name>\w+)", SymbolKind.Property, PatternPlace.Member),
            PatternRule.Of(@"^[ \t]*case[ \t]+(?<name>\w+)[ \t]*[=;]", SymbolKind.EnumMember, PatternPlace.Member),
        ],
        Indented: false,
        new HashSet<string>(StringComparer.Ordinal));

    /// <summary>Bodies by indentation: `end` can belong to too many things.</summary>
    public static PatternLanguage Ruby() => new(
        "Ruby",
        [
            PatternRule.Of(@"^[ \t]*class[ \t]+(?:\w+::)*(?<name>[A-Z]\w*)", SymbolKind.Class, opens: true),
            PatternRule.Of(@"^[ \t]*module[ \t]+(?:\w+::)*(?<name>[A-Z]\w*)", SymbolKind.Class, opens: true),
            PatternRule.Of(@"^[ \t]*(?:(?:private|public|protected|private_class_method)[ \t]+)?def[ \t]+(?:self\.|\w+\.)?(?<name>[A-Za-z_]\w*[?!=]?|[^\w\s(]+)", SymbolKind.Function, opens: true, inType: SymbolKind.Method),
            PatternRule.Of(@"^[ \t]*(?<name>[A-Z]\w*)[ \t]*(?:\|\|)?=[^=~>]", SymbolKind.Constant, PatternPlace.TopOrMember),
            PatternRule.Of(@"^[ \t]*attr_(?:accessor|reader|writer)[ \t]+:(?<name>\w+)", SymbolKind.Property, PatternPlace.Member),
        ],
        Indented: true,
        new HashSet<string>(StringComparer.Ordinal),
        Closer: "end");

    public static PatternLanguage Shell() => new(
        "Shell",
        [
            PatternRule.Of(@"^[ \t]*(?:function[ \t]+)?(?<name>[A-Za-z_][\w.:-]*)[ \t]*\([ \t]*\)", SymbolKind.Function, opens: true),
            PatternRule.Of(@"^[ \t]*function[ \t]+(?<name>[A-Za-z_][\w.:-]*)", SymbolKind.Function, opens: true),
            PatternRule.Of(@"^[ \t]*(?:export|readonly|declare[ \t]+-\w+)[ \t]+(?<name>[A-Za-z_]\w*)=", SymbolKind.Variable, PatternPlace.Top),
            PatternRule.Of(@"^(?<name>[A-Za-z_]\w*)\+?=", SymbolKind.Variable, PatternPlace.Top),
        ],
        Indented: false,
        new HashSet<string>(["function"], StringComparer.Ordinal));
}
