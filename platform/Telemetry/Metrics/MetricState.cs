namespace Navi.Platform.Telemetry.Metrics;

/// <summary>What is known of the installation at one moment.</summary>
/// <param name="Totals">Counts of all processes together.</param>
/// <param name="Instances">The processes that were heard of lately, and their gauges.</param>
internal sealed record MetricState(IReadOnlyList<MetricDelta> Totals, IReadOnlyList<(string Instance, IReadOnlyList<Sample> Gauges)> Instances);
