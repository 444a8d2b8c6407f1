namespace Navi.Cli.Api;

/// <summary>What a group of model calls used and cost.</summary>
internal sealed record CostLineView
{
    public string? Key { get; init; }
    public long Calls { get; init; }
    public long FailedCalls { get; init; }
    public long UnpricedCalls { get; init; }
    public long InputTokens { get; init; }
    public long CachedInputTokens { get; init; }
    public long OutputTokens { get; init; }
    public decimal? Cost { get; init; }
}
