namespace Navi.Agent.Tools.Refactor;

/// <summary>Which lexical rules a file follows, by its name.</summary>
internal static class LanguageRules
{
    private static readonly IReadOnlyList<(string, string, bool)> CBlocks = [("/*", "*/", false)];
    private static readonly StringForm Plain = new("\"");
    private static readonly StringForm Apostrophe = new("'");

    private static readonly LexerRules Text = new([], [], (_, _) => null, IdentifierExtra: "-");

    private static readonly LexerRules C = new(["//"], CBlocks, StringOpeners.C);
    private static readonly LexerRules CSharp = new(["//"], CBlocks, StringOpeners.CSharp);
    private static readonly LexerRules Java = new(["//"], CBlocks, Quotes(("\"\"\"", new("\"\"\"", Multiline: true)), ("\"", Plain), ("'", Apostrophe)), "$");
    private static readonly LexerRules Go = new(["//"], CBlocks, Quotes(("\"", Plain), ("'", Apostrophe), ("`", new("`", Backslash: false, Multiline: true))));
    private static readonly LexerRules Rust = new(["//"], [("/*", "*/", true)], StringOpeners.Rust);

    private static readonly LexerRules Kotlin = new(["//"], [("/*", "*/", true)], Quotes(
        ("\"\"\"", new("\"\"\"", Backslash: false, Multiline: true, Holes: [("${", '}')], DollarNames: true)),
        ("\"", new("\"", Holes: [("${", '}')], DollarNames: true)), ("'", Apostrophe)));

    private static readonly LexerRules Swift = new(["//"], [("/*", "*/", true)], Quotes(
        ("\"\"\"", new("\"\"\"", Multiline: true, Holes: [("\\(", ')')])), ("\"", new("\"", Holes: [("\\(", ')')]))));

    private static readonly LexerRules JavaScript = new(["//"], CBlocks, Quotes(
        ("`", new("`", Multiline: true, Holes: [("${", '}')])), ("\"", Plain), ("'", Apostrophe)), "$", RegexLiterals: true);

    private static readonly LexerRules Dart = new(["//"], CBlocks, Quotes(
        ("'''", new("'''", Multiline: true, Holes: [("${", '}')], DollarNames: true)), ("\"\"\"", new("\"\"\"", Multiline: true, Holes: [("${", '}')], DollarNames: true)),
        ("'", new("'", Holes: [("${", '}')], DollarNames: true)), ("\"", new("\"", Holes: [("${", '}')], DollarNames: true))));

    private static readonly LexerRules Php = new(["//", "#"], CBlocks, Quotes(
        ("\"", new("\"", Multiline: true, Holes: [("{$", '}'), ("${", '}')], DollarNames: true)), ("'", new("'", Multiline: true))));

    private static readonly LexerRules Python = new(["#"], [], StringOpeners.Python);

    private static readonly LexerRules Ruby = new(["#"], [("=begin", "=end", false)], Quotes(
        ("\"", new("\"", Multiline: true, Holes: [("#{", '}')])), ("'", new("'", Multiline: true)), ("`", new("`", Multiline: true, Holes: [("#{", '}')]))), CommentAtWordStart: true);

    private static readonly LexerRules Shell = new(["#"], [], Quotes(
        ("\"", new("\"", Multiline: true, Holes: [("${", '}'), ("$(", ')')], DollarNames: true)), ("'", new("'", Backslash: false, Multiline: true))), CommentAtWordStart: true);

    private static readonly LexerRules Sql = new(["--"], CBlocks, Quotes(("'", new("'", Backslash: false, Doubled: true, Multiline: true)), ("\"", new("\"", Backslash: false, Doubled: true))));
    private static readonly LexerRules Lua = new(["--"], [("--[[", "]]", false)], Quotes(("[[", new("]]", Backslash: false, Multiline: true)), ("\"", Plain), ("'", Apostrophe)));
    private static readonly LexerRules Json = new(["//"], CBlocks, Quotes(("\"", Plain)));
    private static readonly LexerRules Config = new(["#"], [], Quotes(("\"", Plain), ("'", new("'", Backslash: false, Doubled: true))), CommentAtWordStart: true);

    private static readonly Dictionary<string, LexerRules> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".c"] = C, [".h"] = C, [".cc"] = C, [".cpp"] = C, [".cxx"] = C, [".hpp"] = C, [".hh"] = C, [".m"] = C, [".proto"] = C,
        [".cs"] = CSharp, [".java"] = Java, [".groovy"] = Java, [".gradle"] = Java, [".go"] = Go, [".rs"] = Rust, [".kt"] = Kotlin, [".kts"] = Kotlin,
        [".scala"] = Kotlin, [".swift"] = Swift, [".dart"] = Dart, [".php"] = Php,
        [".js"] = JavaScript, [".mjs"] = JavaScript, [".cjs"] = JavaScript, [".jsx"] = JavaScript, [".ts"] = JavaScript, [".tsx"] = JavaScript,
        [".mts"] = JavaScript, [".cts"] = JavaScript,
        [".py"] = Python, [".pyi"] = Python, [".rb"] = Ruby, [".sh"] = Shell, [".bash"] = Shell, [".zsh"] = Shell, [".pl"] = Shell, [".pm"] = Shell,
        [".sql"] = Sql, [".lua"] = Lua, [".json"] = Json, [".yaml"] = Config, [".yml"] = Config, [".toml"] = Config, [".r"] = Config, [".jl"] = Config,
        [".ex"] = Ruby, [".exs"] = Ruby,
    };

    public static LexerRules Of(string path, string text)
    {
        if (ByExtension.TryGetValue(Path.GetExtension(path), out var rules))
            return rules;
        if (Path.GetFileName(path) is "Makefile" or "GNUmakefile" or "makefile" or "Dockerfile")
            return Shell;
        if (!text.StartsWith("#!", StringComparison.Ordinal))
            return Text;
        var first = text.Split('\n')[0];
        return first.Contains("python", StringComparison.Ordinal) ? Python
            : first.Contains("node", StringComparison.Ordinal) ? JavaScript
            : first.Contains("ruby", StringComparison.Ordinal) ? Ruby
            : Shell;
    }

    private static Func<string, int, (StringForm, int)?> Quotes(params (string Open, StringForm Form)[] forms) => (text, at) =>
    {
        foreach (var (open, form) in forms)
            if (string.CompareOrdinal(text, at, open, 0, open.Length) == 0)
                return (form, open.Length);
        return null;
    };
}
