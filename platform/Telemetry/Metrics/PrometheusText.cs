using System.Globalization;
using System.Text;
using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4 (prometheus.io, Exposition formats).</summary>
internal static class PrometheusText
{
    /// <summary>Media type of the text.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private const string Instance = "instance";

    /// <summary>The whole catalogue in its order; a metric without series is left out, but one without labels begins at 0.</summary>
    public static string Write(MetricState state, IReadOnlyList<Sample> fleet)
    {
        var text = new StringBuilder();
        var totals = state.Totals.ToLookup(t => t.Metric);
        var gauges = fleet.ToLookup(s => s.Metric);
        var processes = state.Instances.SelectMany(i => i.Gauges.Select(g => (i.Instance, Sample: g))).ToLookup(p => p.Sample.Metric);
        foreach (var metric in MetricCatalogue.All)
        {
            var head = text.Length;
            Head(text, metric);
            var body = text.Length;
            foreach (var total in totals[metric].DefaultIfEmpty(Zero(metric)).OfType<MetricDelta>())
                Total(text, total);
            foreach (var gauge in gauges[metric])
                Line(text, metric.Name, metric.Labels, gauge.Labels, gauge.Value);
            foreach (var (instance, gauge) in processes[metric])
                Line(text, metric.Name, [.. metric.Labels, Instance], [.. gauge.Labels, instance], gauge.Value);
            if (text.Length == body)
                text.Length = head;
        }
        return text.ToString();
    }

    private static MetricDelta? Zero(MetricDefinition metric) =>
        metric.IsTotal && metric.Labels.Length == 0 ? new MetricDelta(metric, [], 0, metric.Kind == MetricKind.Histogram ? new long[metric.Buckets.Count + 1] : []) : null;

    private static void Head(StringBuilder text, MetricDefinition metric)
    {
        var type = metric.Kind switch { MetricKind.Counter or MetricKind.ProcessCounter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" };
        text.Append("# HELP ").Append(metric.Name).Append(' ').Append(metric.Help.Replace("\\", @"\\", StringComparison.Ordinal)).Append('\n')
            .Append("# TYPE ").Append(metric.Name).Append(' ').Append(type).Append('\n');
    }

    private static void Total(StringBuilder text, MetricDelta total)
    {
        var metric = total.Metric;
        if (metric.Kind == MetricKind.Counter)
        {
            Line(text, metric.Name, metric.Labels, total.Labels, total.Value);
            return;
        }
        long below = 0;
        string[] names = [.. metric.Labels, "le"];
        for (var i = 0; i < total.Counts.Length; i++)
        {
            below += total.Counts[i];
            Line(text, $"{metric.Name}_bucket", names, [.. total.Labels, i < metric.Buckets.Count ? Number(metric.Buckets[i]) : "+Inf"], below);
        }
        Line(text, $"{metric.Name}_sum", metric.Labels, total.Labels, total.Value);
        Line(text, $"{metric.Name}_count", metric.Labels, total.Labels, below);
    }

    private static void Line(StringBuilder text, string name, IReadOnlyList<string> labels, IReadOnlyList<string> values, double value)
    {
        text.Append(name);
        for (var i = 0; i < labels.Count; i++)
        {
            text.Append(i == 0 ? '{' : ',').Append(labels[i]).Append("=\"")
                .Append(values[i].Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }
        if (labels.Count > 0)
            text.Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
