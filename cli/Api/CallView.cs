using System.Text.Json;

namespace Navi.Cli.Api;

/// <summary>One tool call of a task.</summary>
internal sealed record CallView
{
    public string CallId { get; init; } = "";
    public int Turn { get; init; }
    public int Index { get; init; }
    public string Tool { get; init; } = "";
    public JsonElement? Arguments { get; init; }
    public string? Verdict { get; init; }
    public string? Status { get; init; }
    public int Attempt { get; init; }
    public bool? IsError { get; init; }
}
