namespace Navi.Agent.Tools;

/// <summary>The registry as the API and the documents show it.</summary>
public sealed class ToolCatalogue
{
    private readonly ToolRegistry registry;

    internal ToolCatalogue(ToolRegistry registry) => this.registry = registry;

    /// <summary>Every tool that this installation offers, by name.</summary>
    public IReadOnlyList<ToolDescription> List() =>
    [
        .. registry.All.Select(t => new ToolDescription(
            t.Name, Family(t), t.Description, Word(t.Effect), Word(t.Risk), t.Phase is { } phase ? Word(phase) : null, t.Timeout.TotalSeconds, t.OutputLimit, t.ArgumentSchema)),
    ];

    // Where a tool lies is what it belongs to.
    private static string Family(ITool tool) => tool.GetType().Namespace?.Split('.')[^1] switch
    {
        "Tools" => "plan",
        "Run" => "run and verify",
        "People" => "people",
        "Refactor" => "files",
        { } name => name.ToLowerInvariant(),
        null => "other",
    };

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
