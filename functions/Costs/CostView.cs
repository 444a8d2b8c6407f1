using Navi.Agent.Costs;

namespace Navi.Functions.Costs;

/// <summary>Answer of GET /v1/costs. Money is US dollars with up to 8 places.</summary>
internal sealed record CostView(
    string Group, DateTime Since, DateTime Until, string Currency, IReadOnlyList<CostLine> Items, CostLine Total, bool More, PriceOriginView Prices);
