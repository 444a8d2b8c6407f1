namespace Navi.Agent.Models.Catalogue;

/// <summary>Outcome of asking a model one small question.</summary>
/// <param name="Ok">It answered.</param>
/// <param name="Model">The provider's name of the model.</param>
/// <param name="LatencyMs">Time of the last attempt.</param>
/// <param name="TimeToFirstTokenMs">Time until its first token; null without one.</param>
/// <param name="InputTokens">Tokens read over all attempts; null when the provider told none.</param>
/// <param name="OutputTokens">Tokens written over all attempts; null when the provider told none.</param>
/// <param name="Cost">US dollars over all attempts; null when tokens or price are unknown.</param>
/// <param name="Error">Why it did not answer; null when it did.</param>
public sealed record ModelTest(bool Ok, string Model, long LatencyMs, long? TimeToFirstTokenMs, long? InputTokens, long? OutputTokens, decimal? Cost, string? Error);
