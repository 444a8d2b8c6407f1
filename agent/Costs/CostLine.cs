namespace Navi.Agent.Costs;

/// <summary>Sums over model calls; every attempt is a call.</summary>
/// <param name="Key">What the calls have in common; null for all of them.</param>
/// <param name="Calls">Attempts.</param>
/// <param name="FailedCalls">Attempts that failed, and those whose process died.</param>
/// <param name="InputTokens">Tokens read, cached ones included.</param>
/// <param name="CachedInputTokens">Tokens of them that came from a provider's cache.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="Cost">US dollars of the calls whose price is known.</param>
/// <param name="UnpricedCalls">Calls that used tokens of unknown price: with any, the true cost is higher.</param>
public sealed record CostLine(string? Key, long Calls, long FailedCalls, long InputTokens, long CachedInputTokens, long OutputTokens, decimal Cost, long UnpricedCalls);
