namespace Navi.Agent.Code;

/// <summary>A definition whose body is being read.</summary>
/// <param name="Kind">What it defines.</param>
/// <param name="FullName">With its containers.</param>
/// <param name="Body">Offset of the body's bracket; -1 where bodies are told by indentation.</param>
/// <param name="End">Offset of the body's last character.</param>
internal sealed record OpenDefinition(SymbolKind Kind, string FullName, int Body, int End)
{
    public bool IsType => Kind is SymbolKind.Class or SymbolKind.Struct or SymbolKind.Record or SymbolKind.Interface or SymbolKind.Trait or SymbolKind.Enum or SymbolKind.Type;
}
