namespace Navi.LoadTests.Reporting;

/// <summary>The model calls of a run, as NAVI recorded each attempt.</summary>
/// <param name="Calls">Attempts.</param>
/// <param name="Failed">Of these, not answered.</param>
/// <param name="ByError">The failed ones by kind.</param>
/// <param name="P50Ms">Median time of an attempt that was answered.</param>
/// <param name="P95Ms">Its 95th percentile.</param>
/// <param name="MaxMs">The longest.</param>
/// <param name="Provider429">Answers of 429 that the provider itself counted.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="CostUsd">Their price.</param>
internal sealed record ModelResult(
    int Calls, int Failed, IReadOnlyDictionary<string, int> ByError, double P50Ms, double P95Ms, double MaxMs, int Provider429, long InputTokens, long OutputTokens, decimal CostUsd);
