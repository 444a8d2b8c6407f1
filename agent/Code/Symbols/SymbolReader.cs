using Navi.Agent.Projects;

namespace Navi.Agent.Code;

/// <summary>The definitions of one file: C# by its compiler's parser, other languages by patterns.</summary>
internal static class SymbolReader
{
    /// <summary>True when definitions of such a file can be read.</summary>
    public static bool Reads(string path) => IsCSharp(path) || PatternLanguages.Of(LanguageTable.Of(path)) is not null;

    public static bool IsCSharp(string path) => Path.GetExtension(path).Equals(".cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>Definitions in the order of the file; null when its language is not known.</summary>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">A file that no pattern gets through in two seconds.</exception>
    public static IReadOnlyList<CodeSymbol>? Read(string path, string text) =>
        IsCSharp(path) ? CSharpSymbols.Read(path, text)
        : PatternLanguages.Of(LanguageTable.Of(path)) is { } language ? PatternSymbols.Read(path, text, language)
        : null;

    /// <summary>Names of the languages whose definitions are read.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["C#", .. PatternLanguages.Names];
}
