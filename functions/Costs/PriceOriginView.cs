namespace Navi.Functions.Costs;

/// <summary>Where the price file's prices come from.</summary>
internal sealed record PriceOriginView(DateOnly Date, string Source);
