using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>A gauge's value at one moment.</summary>
/// <param name="Metric">The gauge.</param>
/// <param name="Value">Its value.</param>
/// <param name="Labels">Values of its labels, in the catalogue's order.</param>
public readonly record struct Sample(MetricDefinition Metric, double Value, params string[] Labels);
