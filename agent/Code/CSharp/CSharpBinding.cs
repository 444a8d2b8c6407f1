using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Navi.Agent.Tools;

namespace Navi.Agent.Code;

/// <summary>What a name in a C# file means.</summary>
/// <param name="model">The file's.</param>
/// <param name="lines">Lines of each file, by path.</param>
internal sealed class CSharpBinding(SemanticModel model, Func<SyntaxTree, LineStarts> lines)
{
    private const int Around = 200;
    private const int LongestDisplay = 300;

    private readonly Dictionary<ISymbol, CSharpTarget> known = new(SymbolEqualityComparer.Default);

    public CSharpUse Use(SyntaxToken token, CancellationToken cancellationToken)
    {
        var node = token.Parent!;
        // A declaration holds its name as a token of its own; every other name is a node.
        var declared = node is SimpleNameSyntax ? null : model.GetDeclaredSymbol(node, cancellationToken);
        var symbol = declared ?? Bound(node, cancellationToken);
        return new(model.SyntaxTree.FilePath, lines(model.SyntaxTree).Of(token.SpanStart), Text(token), Target(symbol), declared is not null);
    }

    private ISymbol? Bound(SyntaxNode node, CancellationToken cancellationToken)
    {
        var info = model.GetSymbolInfo(node, cancellationToken);
        // Of several overloads that may be meant none is: what tells them apart could be a package that is not here.
        var symbol = info.Symbol ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] : null);
        // An attribute's name calls its constructor, and means its class.
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && node.FirstAncestorOrSelf<AttributeSyntax>() is not null)
            return constructor.ContainingType;
        return symbol is IAliasSymbol alias ? alias.Target : symbol;
    }

    private CSharpTarget? Target(ISymbol? symbol)
    {
        if (symbol is null)
            return null;
        var definition = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension.OriginalDefinition : symbol.OriginalDefinition;
        if (!known.TryGetValue(definition, out var target))
            known[definition] = target = TargetOf(definition);
        return target;
    }

    private CSharpTarget TargetOf(ISymbol definition)
    {
        var first = definition is INamespaceSymbol ? null : definition.Locations
            .Where(l => l.SourceTree is { FilePath.Length: > 0 })
            .OrderBy(l => l.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(l => l.SourceSpan.Start).FirstOrDefault();
        if (first is null)
        {
            var name = BoundedText.Cut(definition.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat), LongestDisplay);
            return new("", 0, name, name);
        }

        var line = lines(first.SourceTree!).Of(first.SourceSpan.Start);
        // A positional record's parameter and its property lie at one place and are one name to a reader.
        return new(first.SourceTree!.FilePath, line, $"{first.SourceTree.FilePath}:{first.SourceSpan.Start}", BoundedText.Cut(definition.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), LongestDisplay));
    }

    // The line, of a long one the part around the name.
    private string Text(SyntaxToken token)
    {
        var text = model.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(token.SpanStart);
        var start = Math.Max(line.Start, token.SpanStart - Around);
        return SymbolText.Head(text.ToString(new(start, Math.Min(line.End, token.SpanStart + Around) - start)));
    }
}
