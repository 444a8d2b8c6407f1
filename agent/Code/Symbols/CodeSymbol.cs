namespace Navi.Agent.Code;

/// <summary>A definition in a source file.</summary>
/// <param name="Name">Simple name, as it is written where it is used.</param>
/// <param name="Kind">What it defines.</param>
/// <param name="Path">The file, relative to the workspace.</param>
/// <param name="Line">Line of the name, from 1.</param>
/// <param name="EndLine">Last line of the definition; the line itself where the reader can't tell.</param>
/// <param name="Container">Names of what it lies in, with dots; null at the top.</param>
/// <param name="Signature">The definition's head on one line, shortened.</param>
internal sealed record CodeSymbol(string Name, SymbolKind Kind, string Path, int Line, int EndLine, string? Container, string Signature)
{
    /// <summary>The name with its containers.</summary>
    public string FullName => Container is null ? Name : $"{Container}.{Name}";

    /// <summary>True for the simple name, the full name and every ending of it that begins at a dot.</summary>
    public bool IsNamed(string name) => Name == name || FullName == name || FullName.EndsWith("." + name, StringComparison.Ordinal);
}
