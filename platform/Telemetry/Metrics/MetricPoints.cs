using System.Globalization;
using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>What is known at one moment, as the series that Prometheus keeps.</summary>
internal static class MetricPoints
{
    private const string Instance = "instance";

    /// <summary>The whole catalogue in its order; a metric without series is left out, but one without labels begins at 0.</summary>
    public static IEnumerable<(MetricDefinition Metric, IReadOnlyList<MetricPoint> Points)> Of(MetricState state, IReadOnlyList<Sample> fleet)
    {
        var totals = state.Totals.ToLookup(t => t.Metric);
        var gauges = fleet.ToLookup(s => s.Metric);
        var processes = state.Instances.SelectMany(i => i.Gauges.Select(g => (i.Instance, Sample: g))).ToLookup(p => p.Sample.Metric);
        foreach (var metric in MetricCatalogue.All)
        {
            IReadOnlyList<MetricPoint> points =
            [
                .. totals[metric].DefaultIfEmpty(Zero(metric)).OfType<MetricDelta>().SelectMany(Total),
                .. gauges[metric].Select(g => new MetricPoint(metric.Name, metric.Labels, g.Labels, g.Value)),
                .. processes[metric].Select(p => new MetricPoint(metric.Name, [.. metric.Labels, Instance], [.. p.Sample.Labels, p.Instance], p.Sample.Value)),
            ];
            if (points.Count > 0)
                yield return (metric, points);
        }
    }

    /// <summary>A number as Prometheus writes it.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static MetricDelta? Zero(MetricDefinition metric) =>
        metric.IsTotal && metric.Labels.Length == 0 ? new MetricDelta(metric, [], 0, metric.Kind == MetricKind.Histogram ? new long[metric.Buckets.Count + 1] : []) : null;

    private static IEnumerable<MetricPoint> Total(MetricDelta total)
    {
        var metric = total.Metric;
        if (metric.Kind == MetricKind.Counter)
        {
            yield return new MetricPoint(metric.Name, metric.Labels, total.Labels, total.Value);
            yield break;
        }
        long below = 0;
        string[] names = [.. metric.Labels, "le"];
        for (var i = 0; i < total.Counts.Length; i++)
        {
            below += total.Counts[i];
            yield return new MetricPoint($"{metric.Name}_bucket", names, [.. total.Labels, i < metric.Buckets.Count ? Number(metric.Buckets[i]) : "+Inf"], below);
        }
        yield return new MetricPoint($"{metric.Name}_sum", metric.Labels, total.Labels, total.Value);
        yield return new MetricPoint($"{metric.Name}_count", metric.Labels, total.Labels, below);
    }
}
