using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Navi.Agent.Projects;

namespace Navi.Agent.Code;

/// <summary>
/// The C# code of a repository, bound by the compiler: each project against the projects that it refers to and the running .NET's own
/// libraries. Packages are not restored, so what hangs on their types may stay unbound. To be used with a deep stack: see <see cref="DeepStack"/>.
/// </summary>
internal sealed class CSharpCode
{
    /// <summary>Uses that are looked up; where there are as many, there may be more.</summary>
    public const int MostUses = 20_000;

    private const string AttributeEnd = "Attribute";
    private const long MostCharacters = 100_000_000;
    private const int MostProjects = 1_000;

    // What the SDK adds when a project asks for implicit usings; harmless where it does not.
    private const string ImplicitUsings =
        "global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private readonly IReadOnlyList<CSharpProject> projects;
    private readonly Dictionary<string, SyntaxTree> trees;
    private readonly Dictionary<string, LineStarts> lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CSharpCompilation> compilations = new(StringComparer.Ordinal);
    private readonly SyntaxTree shared;

    private CSharpCode(IReadOnlyList<CSharpProject> projects, Dictionary<string, SyntaxTree> trees, IReadOnlyList<string> unread)
    {
        this.projects = projects;
        this.trees = trees;
        Unread = unread;
        // Whether a project shows its internals to another one is said in many ways; a search must not depend on it.
        shared = CSharpSyntax.Parse("", ImplicitUsings + string.Concat(projects.Select((_, i) => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{AssemblyName(i)}\")]")));
    }

    /// <summary>Files that are left out, being too long or nested too deeply.</summary>
    public IReadOnlyList<string> Unread { get; }

    /// <summary>Parses every C# file of the repository.</summary>
    /// <exception cref="UnreadableCodeException">There is too much of it.</exception>
    public static CSharpCode Load(ProjectTree tree, CancellationToken cancellationToken)
    {
        var projects = CSharpProjects.Of(tree);
        if (projects.Count > MostProjects)
            throw new UnreadableCodeException($"the repository has more than {MostProjects} C# projects, too many to be bound at once");
        var trees = new Dictionary<string, SyntaxTree>(StringComparer.Ordinal);
        var unread = new List<string>();
        var characters = 0L;
        foreach (var path in projects.SelectMany(p => p.Sources))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (tree.Read(path) is not { } text)
                continue;
            characters += text.Length;
            if (characters > MostCharacters)
                throw new UnreadableCodeException($"the repository has more than {MostCharacters / 1_000_000} million characters of C#, too many to be bound at once");
            var parsed = Nesting.IsTooMuch(text) ? null : CSharpSyntax.Parse(path, text, cancellationToken);
            if (parsed is null || Nesting.IsTooMuch(parsed.GetRoot(cancellationToken)))
                unread.Add(path);
            else
                trees[path] = parsed;
        }

        return new(projects, trees, unread);
    }

    /// <summary>Every place where the name stands in code, up to <see cref="MostUses"/>, by path and line; an attribute's also without its ending.</summary>
    public IReadOnlyList<CSharpUse> Uses(string name, CancellationToken cancellationToken)
    {
        var brief = name.Length > AttributeEnd.Length && name.EndsWith(AttributeEnd, StringComparison.Ordinal) ? name[..^AttributeEnd.Length] : null;
        var uses = new List<CSharpUse>();
        foreach (var project in projects)
            foreach (var path in project.Sources)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (trees.GetValueOrDefault(path) is not { } tree || !tree.GetText(cancellationToken).ToString().Contains(brief ?? name, StringComparison.Ordinal))
                    continue;
                CSharpBinding? binding = null;
                foreach (var token in tree.GetRoot(cancellationToken).DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).TakeWhile(_ => uses.Count < MostUses))
                    if (token.ValueText == name || (token.ValueText == brief && token.Parent?.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute && attribute.Name.Span.Contains(token.Span)))
                        uses.Add((binding ??= new(Compilation(project).GetSemanticModel(tree), LinesOf)).Use(token, cancellationToken));
            }

        return [.. uses.OrderBy(u => u.Path, StringComparer.Ordinal).ThenBy(u => u.Line)];
    }

    private static string AssemblyName(int project) => "navi" + project.ToString(CultureInfo.InvariantCulture);

    private LineStarts LinesOf(SyntaxTree tree)
    {
        if (!lines.TryGetValue(tree.FilePath, out var known))
            lines[tree.FilePath] = known = new(tree.GetText().ToString());
        return known;
    }

    private CSharpCompilation Compilation(CSharpProject project)
    {
        if (compilations.TryGetValue(project.Directory, out var known))
            return known;
        // Stored before the projects it refers to are made: two that refer to each other end here.
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        var index = projects.Index().First(p => p.Item == project).Index;
        var made = CSharpCompilation.Create(AssemblyName(index), project.Sources.Select(trees.GetValueOrDefault).OfType<SyntaxTree>().Append(shared), FrameworkLibraries.All, options);
        compilations[project.Directory] = made;
        var others = projects.Where(p => p.Directory != project.Directory && project.References.Contains(p.Directory)).Select(p => Compilation(p).ToMetadataReference());
        return compilations[project.Directory] = made.AddReferences(others);
    }
}
