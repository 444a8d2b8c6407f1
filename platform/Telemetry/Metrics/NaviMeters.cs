using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>Records the catalogue's counters and histograms as .NET instruments, which the totals and OpenTelemetry listen to. Where nobody listens a record costs a look.</summary>
public sealed class NaviMeters
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Navi";

    private readonly FrozenDictionary<MetricDefinition, Counter<double>> counters;
    private readonly FrozenDictionary<MetricDefinition, Histogram<double>> histograms;

    /// <summary>Makes the instruments on a meter of <paramref name="factory"/>.</summary>
    public NaviMeters(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var meter = factory.Create(MeterName);
        // What only the durable runtime measures has its instrument there.
        var own = MetricCatalogue.All.Where(d => !d.PortableOnly).ToList();
        counters = own.Where(d => d.Kind == MetricKind.Counter).ToFrozenDictionary(d => d, d => meter.CreateCounter<double>(d.Name, d.Unit, d.Help));
        histograms = own.Where(d => d.Kind == MetricKind.Histogram).ToFrozenDictionary(
            d => d, d => meter.CreateHistogram(d.Name, d.Unit, d.Help, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = d.Buckets }));
    }

    /// <summary>Adds to a counter.</summary>
    /// <param name="metric">The counter.</param>
    /// <param name="value">What is added; not negative.</param>
    /// <param name="labels">Values of its labels, in the catalogue's order.</param>
    public void Add(MetricDefinition metric, double value, params ReadOnlySpan<string> labels)
    {
        if (counters[metric] is { Enabled: true } counter)
            counter.Add(value, Tags(metric, labels));
    }

    /// <summary>Counts a value in a histogram.</summary>
    /// <param name="metric">The histogram.</param>
    /// <param name="value">The value, in the metric's unit.</param>
    /// <param name="labels">Values of its labels, in the catalogue's order.</param>
    public void Record(MetricDefinition metric, double value, params ReadOnlySpan<string> labels)
    {
        if (histograms[metric] is { Enabled: true } histogram)
            histogram.Record(value, Tags(metric, labels));
    }

    private static TagList Tags(MetricDefinition metric, ReadOnlySpan<string> labels)
    {
        if (labels.Length != metric.Labels.Length)
            throw new ArgumentException($"{metric.Name} has the labels {string.Join(", ", metric.Labels)}; {labels.Length} value(s) were given.", nameof(labels));
        var tags = new TagList();
        for (var i = 0; i < labels.Length; i++)
            tags.Add(metric.Labels[i], labels[i]);
        return tags;
    }
}
