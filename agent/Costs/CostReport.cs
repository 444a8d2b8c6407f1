namespace Navi.Agent.Costs;

/// <summary>What an organisation's model calls cost in a span of time.</summary>
/// <param name="Items">The groups, days in order and others by cost, highest first.</param>
/// <param name="Total">All calls of the span.</param>
/// <param name="IsCut">There are more groups than were asked for; the total holds them all.</param>
public sealed record CostReport(IReadOnlyList<CostLine> Items, CostLine Total, bool IsCut);
