using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Navi.Agent.Code;

/// <summary>How C# files are parsed here: the newest language, comments without structure, errors forgiven.</summary>
internal static class CSharpSyntax
{
    public static CSharpParseOptions Options { get; } = new(LanguageVersion.Preview, DocumentationMode.None);

    public static SyntaxTree Parse(string path, string text, CancellationToken cancellationToken = default) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text), Options, path, cancellationToken);
}
