using System.Text.Json;

namespace Navi.Cli.Api;

/// <summary>One check of a verification.</summary>
internal sealed record CheckView
{
    public string Name { get; init; } = "";
    public string? Command { get; init; }
    public string Outcome { get; init; } = "";
    public JsonElement? Details { get; init; }
}
