using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Navi.Agent.Projects;

namespace Navi.Agent.Code;

/// <summary>
/// The C# code of a repository, bound by the compiler: each project against the projects that it refers to and the running .NET's own
/// libraries. Packages are not restored, so what hangs on their types may stay unbound.
/// </summary>
internal sealed class CSharpCode
{
    // What the SDK adds when a project asks for implicit usings; harmless where it does not.
    private const string ImplicitUsings =
        "global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<IReadOnlyList<MetadataReference>> Libraries = new(FrameworkLibraries);

    private readonly IReadOnlyList<CSharpProject> projects;
    private readonly Dictionary<string, SyntaxTree> trees;
    private readonly Dictionary<string, CSharpCompilation> compilations = new(StringComparer.Ordinal);

    private CSharpCode(IReadOnlyList<CSharpProject> projects, Dictionary<string, SyntaxTree> trees)
    {
        this.projects = projects;
        this.trees = trees;
    }

    /// <summary>Parses every C# file of the repository.</summary>
    public static CSharpCode Load(ProjectTree tree, CancellationToken cancellationToken)
    {
        var projects = CSharpProjects.Of(tree);
        var parsed = projects.SelectMany(p => p.Sources)
            .AsParallel().WithCancellation(cancellationToken)
            .Select(path => tree.Read(path) is { } text ? CSharpSyntax.Parse(path, text, cancellationToken) : null)
            .OfType<SyntaxTree>()
            .ToDictionary(t => t.FilePath, StringComparer.Ordinal);
        return new(projects, parsed);
    }

    /// <summary>Every place where the name stands in code, by path and line.</summary>
    public IReadOnlyList<CSharpUse> Uses(string name, CancellationToken cancellationToken)
    {
        var uses = new List<CSharpUse>();
        foreach (var project in projects)
            foreach (var path in project.Sources)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (trees.GetValueOrDefault(path) is not { } tree || !tree.GetText(cancellationToken).ToString().Contains(name, StringComparison.Ordinal))
                    continue;
                SemanticModel? model = null;
                foreach (var token in tree.GetRoot(cancellationToken).DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == name))
                    uses.Add(Use(model ??= Compilation(project).GetSemanticModel(tree), token, cancellationToken));
            }

        return [.. uses.OrderBy(u => u.Path, StringComparer.Ordinal).ThenBy(u => u.Line)];
    }

    private static CSharpUse Use(SemanticModel model, SyntaxToken token, CancellationToken cancellationToken)
    {
        var tree = model.SyntaxTree;
        var line = tree.GetText(cancellationToken).Lines.GetLineFromPosition(token.SpanStart);
        var node = token.Parent!;
        // A declaration holds its name as a token of its own; every other name is a node.
        var declared = node is SimpleNameSyntax ? null : model.GetDeclaredSymbol(node, cancellationToken);
        var symbol = declared ?? Bound(model, node, cancellationToken);
        return new(tree.FilePath, line.LineNumber + 1, SymbolText.Head(line.ToString()), Target(symbol), declared is not null);
    }

    private static ISymbol? Bound(SemanticModel model, SyntaxNode node, CancellationToken cancellationToken)
    {
        var info = model.GetSymbolInfo(node, cancellationToken);
        var candidates = info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;
        // An alias stands for what it names; of overloads that don't fit, all are called the same.
        return candidates.Length == 0 ? null : candidates[0] is IAliasSymbol alias ? alias.Target : candidates[0];
    }

    private static CSharpTarget? Target(ISymbol? symbol)
    {
        if (symbol is null)
            return null;
        var definition = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension.OriginalDefinition : symbol.OriginalDefinition;
        var first = definition.Locations.Where(l => l.SourceTree is { FilePath.Length: > 0 }).OrderBy(l => l.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(l => l.SourceSpan.Start).FirstOrDefault();
        var display = definition.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        return first is null
            ? new("", -1, 0, definition.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat))
            : new(first.SourceTree!.FilePath, first.SourceSpan.Start, CSharpSyntax.LineOf(first.SourceTree, first.SourceSpan.Start), display);
    }

    private CSharpCompilation Compilation(CSharpProject project)
    {
        if (compilations.TryGetValue(project.Directory, out var known))
            return known;
        // Stored before the projects it refers to are made: two that refer to each other end here.
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        var own = project.Sources.Select(trees.GetValueOrDefault).OfType<SyntaxTree>().Append(CSharpSyntax.Parse("", ImplicitUsings));
        var made = CSharpCompilation.Create("navi." + project.Directory.Replace('/', '.'), own, Libraries.Value, options);
        compilations[project.Directory] = made;
        var others = projects.Where(p => p.Directory != project.Directory && project.References.Contains(p.Directory)).Select(p => Compilation(p).ToMetadataReference(embedInteropTypes: false));
        return compilations[project.Directory] = made.AddReferences(others);
    }

    private static IReadOnlyList<MetadataReference> FrameworkLibraries() =>
    [
        .. Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll")
            .Where(f => Path.GetFileName(f) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll"))
            .Where(IsManaged)
            .Select(f => MetadataReference.CreateFromFile(f)),
    ];

    private static bool IsManaged(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var reader = new System.Reflection.PortableExecutable.PEReader(stream);
            return reader.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
