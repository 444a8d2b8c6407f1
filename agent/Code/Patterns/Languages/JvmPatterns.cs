namespace Navi.Agent.Code;

internal static class JvmPatterns
{
    private const string JavaModifiers = @"^[ \t]*(?:@\w+(?:\([^()\n]*\))?[ \t]+)*(?:(?:public|private|protected|static|final|abstract|sealed|non-sealed|default|synchronized|native|strictfp|transient|volatile)[ \t]+)*";
    private const string JavaType = @"(?:<[^<>\n]*(?:<[^<>\n]*>[^<>\n]*)*>[ \t]*)?[A-Za-z_][\w.]*(?:<[^;(){}=\n]*>)?(?:\[\])*[ \t]+";
    private const string KotlinModifiers =
        @"^[ \t]*(?:@\w+(?:\([^()\n]*\))?[ \t]+)*(?:(?:public|private|protected|internal|open|abstract|final|sealed|data|inner|enum|annotation|value|inline|suspend|override|operator|infix|tailrec|const|lateinit|expect|actual|companion|external)[ \t]+)*";

    public static PatternLanguage Java() => new(
        "Java",
        [
            PatternRule.Of(JavaModifiers + @"@?interface[ \t]+(?<name>\w+)", SymbolKind.Interface, opens: true),
            PatternRule.Of(JavaModifiers + @"class[ \t]+(?<name>\w+)", SymbolKind.Class, opens: true),
            PatternRule.Of(JavaModifiers + @"enum[ \t]+(?<name>\w+)", SymbolKind.Enum, opens: true),
            PatternRule.Of(JavaModifiers + @"record[ \t]+(?<name>\w+)[ \t]*[(<]", SymbolKind.Record, opens: true),
            // Before methods: a modifier looks like a type.
            PatternRule.Of(JavaModifiers + @"(?<name>[A-Z]\w*)[ \t]*\([^()\n]*\)[^;\n]*\{", SymbolKind.Constructor, PatternPlace.Member, opens: true),
            PatternRule.Of(JavaModifiers + JavaType + @"(?<name>\w+)[ \t]*\(", SymbolKind.Method, PatternPlace.Member, opens: true),
            PatternRule.Of(JavaModifiers + JavaType + @"(?<name>\w+)[ \t]*[=;]", SymbolKind.Field, PatternPlace.Member),
        ],
        Indented: false,
        new HashSet<string>(StringComparer.Ordinal));

    public static PatternLanguage Kotlin() => new(
        "Kotlin",
        [
            PatternRule.Of(KotlinModifiers + @"(?:fun[ \t]+)?interface[ \t]+(?<name>\w+)", SymbolKind.Interface, opens: true),
            PatternRule.Of(KotlinModifiers + @"(?:class|object)[ \t]+(?<name>\w+)", SymbolKind.Class, opens: true),
            PatternRule.Of(KotlinModifiers + @"typealias[ \t]+(?<name>\w+)", SymbolKind.Type),
            PatternRule.Of(KotlinModifiers + @"fun[ \t]+(?:<[^<>\n]*>[ \t]*)?(?:[\w<>?,. ]+\.)?(?<name>\w+)[ \t]*\(", SymbolKind.Function, opens: true, inType: SymbolKind.Method),
            PatternRule.Of(KotlinModifiers + @"va[lr][ \t]+(?:<[^<>\n]*>[ \t]*)?(?:[\w<>?]+\.)?(?<name>\w+)", SymbolKind.Variable, PatternPlace.TopOrMember, inType: SymbolKind.Property),
        ],
        Indented: false,
        new HashSet<string>(StringComparer.Ordinal));
}
