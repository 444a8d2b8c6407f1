namespace Navi.Cli.Api;

/// <summary>How a model answered a small question.</summary>
internal sealed record ModelTestView
{
    public bool Ok { get; init; }
    public string? Model { get; init; }
    public long LatencyMs { get; init; }
    public long? TimeToFirstTokenMs { get; init; }
    public long? InputTokens { get; init; }
    public long? OutputTokens { get; init; }
    public decimal? Cost { get; init; }
    public string? Error { get; init; }
}
