namespace Navi.Agent.Code;

/// <summary>What a definition defines, in words that the languages share.</summary>
internal enum SymbolKind
{
    Namespace,
    Class,
    Struct,
    Record,
    Interface,
    Trait,
    Enum,
    EnumMember,
    Type,
    Delegate,
    Function,
    Method,
    Constructor,
    Property,
    Field,
    Event,
    Variable,
    Constant,
    Macro,
}
