namespace Navi.Platform.Telemetry.Metrics;

/// <summary>One line of what Prometheus reads: a series and its value.</summary>
/// <param name="Name">The series' name; a histogram has several, with the endings <c>_bucket</c>, <c>_sum</c> and <c>_count</c>.</param>
/// <param name="Labels">Names of its labels.</param>
/// <param name="Values">Their values.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct MetricPoint(string Name, IReadOnlyList<string> Labels, IReadOnlyList<string> Values, double Value);
