using System.Text;
using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4 (prometheus.io, Exposition formats).</summary>
internal static class PrometheusText
{
    /// <summary>Media type of the text.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Every metric with its head and its series.</summary>
    public static string Write(IEnumerable<(MetricDefinition Metric, IReadOnlyList<MetricPoint> Points)> metrics)
    {
        var text = new StringBuilder();
        foreach (var (metric, points) in metrics)
        {
            Head(text, metric);
            foreach (var point in points)
                Line(text, point);
        }
        return text.ToString();
    }

    private static void Head(StringBuilder text, MetricDefinition metric)
    {
        var type = metric.Kind switch { MetricKind.Counter or MetricKind.ProcessCounter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" };
        text.Append("# HELP ").Append(metric.Name).Append(' ').Append(metric.Help.Replace("\\", @"\\", StringComparison.Ordinal)).Append('\n')
            .Append("# TYPE ").Append(metric.Name).Append(' ').Append(type).Append('\n');
    }

    private static void Line(StringBuilder text, MetricPoint point)
    {
        text.Append(point.Name);
        for (var i = 0; i < point.Labels.Count; i++)
        {
            text.Append(i == 0 ? '{' : ',').Append(point.Labels[i]).Append("=\"")
                .Append(point.Values[i].Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }
        if (point.Labels.Count > 0)
            text.Append('}');
        text.Append(' ').Append(MetricPoints.Number(point.Value)).Append('\n');
    }
}
