namespace Navi.Cli.Api;

/// <summary>A model that tasks may use.</summary>
internal sealed record ModelView
{
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Model { get; init; } = "";
    public string? Endpoint { get; init; }
    public IReadOnlyList<string> Modes { get; init; } = [];
    public int? ContextWindow { get; init; }
    public bool Default { get; init; }
    public ModelPriceView? Prices { get; init; }
}
