namespace Navi.Platform.Data.Expansion;

/// <summary>A piece of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its text; of quoted text what is inside.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Value)
{
    public bool Is(string value) => Kind is SqlTokenKind.Word or SqlTokenKind.Symbol && Value == value;
}
