using System.Text.Json;

namespace Navi.SimulatedProviders.Scenarios;

/// <summary>A tool that the model calls.</summary>
public sealed record ToolUse
{
    /// <summary>Its name; one that nobody offered is passed on.</summary>
    public required string Name { get; init; }

    /// <summary>Its arguments. Default an empty object.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>Text in place of <see cref="Arguments"/>, also one that is no JSON.</summary>
    public string? ArgumentsText { get; init; }

    internal string Json => ArgumentsText ?? (Arguments is { } given ? given.GetRawText() : "{}");
}
