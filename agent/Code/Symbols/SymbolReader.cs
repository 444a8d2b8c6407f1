using System.Text.RegularExpressions;
using Navi.Agent.Projects;

namespace Navi.Agent.Code;

/// <summary>The definitions of one file: C# by its compiler's parser, other languages by patterns.</summary>
internal static class SymbolReader
{
    /// <summary>True when definitions of such a file can be read.</summary>
    public static bool Reads(string path) => IsCSharp(path) || Language(path) is not null;

    public static bool IsCSharp(string path) => Path.GetExtension(path).Equals(".cs", StringComparison.OrdinalIgnoreCase);

    /// <summary>Definitions in the order of the file; null when its language is not known. To be called with a deep stack: see <see cref="DeepStack"/>.</summary>
    /// <exception cref="UnreadableCodeException">The file is not like code that people write.</exception>
    public static IReadOnlyList<CodeSymbol>? Read(string path, string text)
    {
        if (IsCSharp(path))
            return Nesting.IsTooMuch(text) ? throw new UnreadableCodeException("is too long, or nested too deeply,") : CSharpSymbols.Read(path, text);
        if (Language(path) is not { } language)
            return null;
        try
        {
            return PatternSymbols.Read(path, text, language);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new UnreadableCodeException("takes too long", e);
        }
    }

    // A header may be of either language, and what is C is C++ as far as patterns go.
    private static PatternLanguage? Language(string path) => PatternLanguages.Of(Path.GetExtension(path) == ".h" ? "C++" : LanguageTable.Of(path));

    /// <summary>Names of the languages whose definitions are read.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["C#", .. PatternLanguages.Names];
}
