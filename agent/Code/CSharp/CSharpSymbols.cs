using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Navi.Agent.Code;

/// <summary>Definitions of a C# file from its syntax: types, members, local functions, properties of positional records. Code that the preprocessor leaves out is not seen. To be called with a deep stack: see <see cref="DeepStack"/>.</summary>
internal sealed class CSharpSymbols
{
    // Names longer than this are not made longer: thousands of types inside each other would be.
    private const int LongestContainer = 1_000;
    private const int LongestName = 200;
    private const int Most = 50_000;

    private readonly string path;
    private readonly string text;
    private readonly LineStarts lines;
    private readonly List<CodeSymbol> found = [];

    private CSharpSymbols(string path, string text)
    {
        this.path = path;
        this.text = text;
        lines = new(text);
    }

    public static IReadOnlyList<CodeSymbol> Read(string path, string text)
    {
        var reader = new CSharpSymbols(path, text);
        reader.Members(CSharpSyntax.Parse(path, text).GetRoot(), null);
        return reader.found;
    }

    private void Members(SyntaxNode parent, string? container)
    {
        foreach (var node in parent.ChildNodes())
            Member(node, container);
    }

    private void Member(SyntaxNode node, string? container)
    {
        switch (node)
        {
            case BaseNamespaceDeclarationSyntax space:
                Add(space, space.Name.GetLastToken(), SymbolKind.Namespace, container, space.Name.ToString());
                Members(space, Join(container, space.Name.ToString()));
                break;
            case ExtensionBlockDeclarationSyntax block:
                Members(block, container);
                break;
            case TypeDeclarationSyntax type:
                Add(type, type.Identifier, KindOf(type), container);
                var inside = Join(container, type.Identifier.ValueText);
                if (type is RecordDeclarationSyntax { ParameterList: { } positional })
                    foreach (var parameter in positional.Parameters)
                        Add(parameter, parameter.Identifier, SymbolKind.Property, inside);
                Members(type, inside);
                break;
            case EnumDeclarationSyntax type:
                Add(type, type.Identifier, SymbolKind.Enum, container);
                Members(type, Join(container, type.Identifier.ValueText));
                break;
            case EnumMemberDeclarationSyntax member:
                Add(member, member.Identifier, SymbolKind.EnumMember, container);
                break;
            case DelegateDeclarationSyntax type:
                Add(type, type.Identifier, SymbolKind.Delegate, container);
                break;
            case BaseFieldDeclarationSyntax field:
                var kind = field is EventFieldDeclarationSyntax ? SymbolKind.Event : field.Modifiers.Any(SyntaxKind.ConstKeyword) ? SymbolKind.Constant : SymbolKind.Field;
                foreach (var variable in field.Declaration.Variables)
                    Add(field, variable.Identifier, kind, container);
                break;
            default:
                if (NameOf(node) is { } named)
                    Add(node, named.Token, named.Kind, container, named.Name);
                break;
        }

        // Local functions may lie anywhere in a body; types can't.
        if (node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or GlobalStatementSyntax or BaseFieldDeclarationSyntax)
        {
            var holder = Join(container, NameOf(node)?.Name);
            foreach (var function in node.DescendantNodes().OfType<LocalFunctionStatementSyntax>())
                Add(function, function.Identifier, SymbolKind.Function, holder);
        }
    }

    private static (SyntaxToken Token, SymbolKind Kind, string Name)? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax m => (m.Identifier, SymbolKind.Method, m.Identifier.ValueText),
        ConstructorDeclarationSyntax c => (c.Identifier, SymbolKind.Constructor, c.Identifier.ValueText),
        DestructorDeclarationSyntax d => (d.Identifier, SymbolKind.Method, "~" + d.Identifier.ValueText),
        OperatorDeclarationSyntax o => (o.OperatorToken, SymbolKind.Method, "operator " + o.OperatorToken.Text),
        ConversionOperatorDeclarationSyntax c => (c.OperatorKeyword, SymbolKind.Method, $"operator {c.Type}"),
        PropertyDeclarationSyntax p => (p.Identifier, SymbolKind.Property, p.Identifier.ValueText),
        IndexerDeclarationSyntax i => (i.ThisKeyword, SymbolKind.Property, "this[]"),
        EventDeclarationSyntax e => (e.Identifier, SymbolKind.Event, e.Identifier.ValueText),
        _ => null,
    };

    private static SymbolKind KindOf(TypeDeclarationSyntax type) => type switch
    {
        RecordDeclarationSyntax => SymbolKind.Record,
        StructDeclarationSyntax => SymbolKind.Struct,
        InterfaceDeclarationSyntax => SymbolKind.Interface,
        _ => SymbolKind.Class,
    };

    private void Add(SyntaxNode node, SyntaxToken token, SymbolKind kind, string? container, string? name = null)
    {
        name ??= token.ValueText;
        if (name.Length is 0 or > LongestName)
            return;
        if (found.Count >= Most)
            throw new UnreadableCodeException($"has more than {Most} definitions, too many");
        var start = Attributes(node) is { Count: > 0 } attributes ? attributes[^1].Span.End : node.SpanStart;
        var head = SymbolText.Head(text.AsSpan(start, Math.Max(0, HeadEnd(node) - start)));
        found.Add(new(name, kind, path, lines.Of(token.SpanStart), lines.Of(node.Span.End), container, head));
    }

    private static SyntaxList<AttributeListSyntax>? Attributes(SyntaxNode node) => node switch
    {
        MemberDeclarationSyntax member => member.AttributeLists,
        LocalFunctionStatementSyntax function => function.AttributeLists,
        ParameterSyntax parameter => parameter.AttributeLists,
        _ => null,
    };

    // The head ends where the body begins.
    private static int HeadEnd(SyntaxNode node)
    {
        foreach (var child in node.ChildNodesAndTokens())
            if (child.Kind() is SyntaxKind.OpenBraceToken or SyntaxKind.Block or SyntaxKind.ArrowExpressionClause or SyntaxKind.AccessorList or SyntaxKind.SemicolonToken)
                return child.SpanStart;
        return node.Span.End;
    }

    private static string? Join(string? container, string? name) => name is null || name.Length > LongestName || container?.Length > LongestContainer ? container : container is null ? name : $"{container}.{name}";
}
