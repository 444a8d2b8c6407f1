using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Navi.Portable.Contracts.Tests.Surface;

/// <summary>Everything of an assembly that other assemblies can see, written the way the listing writes it.</summary>
internal static class ApiSurface
{
    private static readonly SymbolDisplayFormat Format = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static IReadOnlyList<(string Id, string Signature)> Of(MetadataReference assembly)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !string.Equals(path, assembly.Display, StringComparison.Ordinal))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("surface", references: platform.Append(assembly));
        var symbol = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(assembly)!;
        return [.. Types(symbol.GlobalNamespace).Where(IsVisible).SelectMany(Describe)];
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers()
        .OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && (symbol.ContainingType is null || IsVisible(symbol.ContainingType));

    private static IEnumerable<(string Id, string Signature)> Describe(INamedTypeSymbol type)
    {
        yield return (type.GetDocumentationCommentId()!, Header(type));
        foreach (var member in type.GetMembers().Where(IsVisible))
        {
            if (member is INamedTypeSymbol || member is IMethodSymbol { AssociatedSymbol: not null }) continue;
            if (type.TypeKind == TypeKind.Delegate && member.Name != "Invoke") continue;
            if (type.TypeKind == TypeKind.Enum && member is not IFieldSymbol) continue;
            yield return (member.GetDocumentationCommentId()!, Signature(member));
        }
    }

    private static string Header(INamedTypeSymbol type)
    {
        var kind = type.TypeKind switch
        {
            TypeKind.Class => (type.IsStatic, type.IsAbstract, type.IsSealed) switch
            {
                (true, _, _) => "static ",
                (_, true, _) => "abstract ",
                (_, _, true) => "sealed ",
                _ => "",
            } + (type.IsRecord ? "record class" : "class"),
            TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
            _ => type.TypeKind.ToString().ToLowerInvariant(),
        };
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface)) return kind;
        var bases = type.Interfaces.Where(IsVisible).Select(Name).ToList();
        if (type.TypeKind == TypeKind.Class && type.BaseType is { SpecialType: not SpecialType.System_Object } parent) bases.Insert(0, Name(parent));
        return bases.Count == 0 ? kind : $"{kind} : {string.Join(", ", bases)}";

        static string Name(INamedTypeSymbol symbol) => symbol.ToDisplayString(Format);
    }

    private static string Signature(ISymbol member)
    {
        var text = member.ToDisplayString(Format);
        if (member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } value) return $"{value.Name} = {value.ConstantValue}";
        if (member is not IPropertySymbol property) return text;
        var accessors = new List<string>();
        if (property.GetMethod is { } get && IsVisible(get)) accessors.Add(Accessor(property, get, "get"));
        if (property.SetMethod is { } set && IsVisible(set)) accessors.Add(Accessor(property, set, set.IsInitOnly ? "init" : "set"));
        return $"{text} {{ {string.Join(' ', accessors)} }}";
    }

    private static string Accessor(IPropertySymbol property, IMethodSymbol accessor, string word) =>
        accessor.DeclaredAccessibility == property.DeclaredAccessibility ? $"{word};" : $"{SyntaxFacts.GetText(accessor.DeclaredAccessibility)} {word};";
}
