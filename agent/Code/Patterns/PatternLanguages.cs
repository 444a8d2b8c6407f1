namespace Navi.Agent.Code;

/// <summary>The languages whose definitions are told by patterns.</summary>
internal static class PatternLanguages
{
    private static readonly Dictionary<string, Lazy<PatternLanguage>> ByName = new Dictionary<string, Func<PatternLanguage>>(StringComparer.Ordinal)
    {
        ["C"] = CPatterns.C,
        ["C++"] = CPatterns.CPlusPlus,
        ["Go"] = GoPatterns.Make,
        ["Java"] = JvmPatterns.Java,
        ["JavaScript"] = JavaScriptPatterns.JavaScript,
        ["Kotlin"] = JvmPatterns.Kotlin,
        ["PHP"] = ScriptPatterns.Php,
        ["Python"] = PythonPatterns.Make,
        ["Ruby"] = ScriptPatterns.Ruby,
        ["Rust"] = RustPatterns.Make,
        ["Shell"] = ScriptPatterns.Shell,
        ["TypeScript"] = JavaScriptPatterns.TypeScript,
    }.ToDictionary(p => p.Key, p => new Lazy<PatternLanguage>(p.Value), StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    public static PatternLanguage? Of(string language) => ByName.GetValueOrDefault(language)?.Value;
}
