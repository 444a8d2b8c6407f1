using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>What one series has grown by.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Labels">Values of its labels, in the catalogue's order.</param>
/// <param name="Value">What a counter grew by; the sum of a histogram's values.</param>
/// <param name="Counts">How many values of a histogram fell into each bucket, the last one without a bound; empty for a counter.</param>
internal sealed record MetricDelta(MetricDefinition Metric, string[] Labels, double Value, long[] Counts);
