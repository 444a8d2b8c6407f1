using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Navi.Orchestrations.Tests.Sources;

/// <summary>
/// Finds what a replay would repeat differently: the clock, randomness, I/O, threads and services, used by an orchestrator class
/// or by anything of the same assembly that it uses.
/// </summary>
internal static class ReplayHazards
{
    private static readonly string[] Namespaces =
    [
        "System.IO", "System.Net", "System.Diagnostics", "System.Timers", "System.Data", "Npgsql", "Dapper", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Options",
        "Microsoft.Extensions.Configuration", "LibGit2Sharp",
    ];

    private static readonly string[] Types =
    [
        "System.Random", "System.Environment", "System.TimeProvider", "System.Console", "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer",
        "System.Threading.PeriodicTimer", "System.Threading.SemaphoreSlim", "System.Threading.Monitor", "System.Security.Cryptography.RandomNumberGenerator", "System.Threading.Tasks.Parallel",
        "System.Threading.Tasks.TaskFactory", "System.Runtime.InteropServices.NativeLibrary", "System.Threading.AsyncLocal`1",
    ];

    private static readonly string[] Members =
    [
        "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Threading.Tasks.Task.Run", "System.Threading.Tasks.Task.Delay", "System.Threading.Tasks.Task.Yield", "System.Threading.Tasks.Task.ConfigureAwait", "System.Threading.Tasks.Task.Wait",
        "System.Threading.Tasks.Task.ContinueWith", "System.Threading.Tasks.Task.WaitAsync", "System.Threading.Tasks.Task.Factory", "System.Threading.CancellationTokenSource.CancelAfter",
        "System.Threading.CancellationTokenSource.CancelAsync",
    ];

    public static IReadOnlyList<string> Find(IEnumerable<(string Path, string Text)> sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p));
        var usings = CSharpSyntaxTree.ParseText(
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;");
        var trees = sources.Select(s => CSharpSyntaxTree.ParseText(s.Text, path: s.Path)).ToList();
        var compilation = CSharpCompilation.Create("scanned", [usings, .. trees], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var pending = new Queue<INamedTypeSymbol>(trees.SelectMany(t => t.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Select(d => compilation.GetSemanticModel(t).GetDeclaredSymbol(d)))
            .OfType<INamedTypeSymbol>().Where(IsOrchestrator));
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var found = new List<string>();
        while (pending.TryDequeue(out var type))
        {
            if (!seen.Add(type))
                continue;
            foreach (var syntax in type.DeclaringSyntaxReferences.Select(r => r.GetSyntax()))
                Scan(compilation.GetSemanticModel(syntax.SyntaxTree), syntax, type, pending, found);
        }
        return found;
    }

    private static void Scan(SemanticModel model, SyntaxNode node, INamedTypeSymbol owner, Queue<INamedTypeSymbol> pending, List<string> found)
    {
        foreach (var part in node.DescendantNodes())
        {
            if (part is LockStatementSyntax)
                found.Add($"{owner.Name}: lock");
            if (part is not (SimpleNameSyntax or ObjectCreationExpressionSyntax or ImplicitObjectCreationExpressionSyntax) || IsInName(part))
                continue;
            if (model.GetSymbolInfo(part).Symbol is not { } symbol)
                continue;
            if ((symbol as INamedTypeSymbol ?? symbol.ContainingType) is { } used && used.OriginalDefinition.DeclaringSyntaxReferences.Length > 0)
                FollowInto(used.OriginalDefinition, pending);
            if (Hazard(symbol) is { } hazard)
                found.Add($"{owner.Name}: {hazard}");
        }
    }

    // The names inside nameof() and attributes are only names: an orchestrator names its activities.
    private static bool IsInName(SyntaxNode part) => part.Ancestors().Any(a =>
        a is AttributeSyntax or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } });

    private static void FollowInto(INamedTypeSymbol type, Queue<INamedTypeSymbol> pending)
    {
        if (type.TypeKind is TypeKind.Class or TypeKind.Struct)
            pending.Enqueue(type);
    }

    private static string? Hazard(ISymbol symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        if (type is null)
            return null;
        var name = type.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
        var space = type.ContainingNamespace?.ToDisplayString() ?? "";
        if (Namespaces.Any(n => space == n || space.StartsWith(n + ".", StringComparison.Ordinal)))
            return name;
        if (Types.Any(t => t == name || t.Split('`')[0] == name.Split('<')[0]))
            return name;
        var member = symbol is INamedTypeSymbol ? null : $"{name.Split('<')[0]}.{symbol.Name}";
        if (member is not null && Members.Contains(member))
            return member;
        // A token source that counts time by itself.
        return symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: > 0 } && name == "System.Threading.CancellationTokenSource" ? "CancellationTokenSource(delay)" : null;
    }

    private static bool IsOrchestrator(INamedTypeSymbol type)
    {
        for (var b = type.BaseType; b is not null; b = b.BaseType)
        {
            if (b.Name == "TaskOrchestrator")
                return true;
        }
        return false;
    }
}
