namespace Navi.Drills.Queries;

/// <summary>A metric as a query names it.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Labels">Names of the labels that it is selected by.</param>
internal sealed record Selector(string Metric, IReadOnlyList<string> Labels);
