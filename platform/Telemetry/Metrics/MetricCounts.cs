using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>Listens to this process's own instruments of the catalogue and counts until the counts are taken to the totals.</summary>
public sealed class MetricCounts : IDisposable
{
    /// <summary>Most series of one metric in a process; what is beyond them counts under <c>other</c>.</summary>
    internal const int MostSeries = 2000;

    private static readonly FrozenDictionary<string, MetricDefinition> Known = MetricCatalogue.All.Where(d => d.IsTotal).ToFrozenDictionary(d => d.Name);
    private readonly FrozenDictionary<MetricDefinition, ConcurrentDictionary<SeriesKey, Series>> counts = Known.Values.ToFrozenDictionary(d => d, _ => new ConcurrentDictionary<SeriesKey, Series>());
    private readonly MeterListener listener = new();

    /// <summary>Begins to listen to the meters of <paramref name="factory"/> alone: another application in this process has totals of its own.</summary>
    public MetricCounts(IMeterFactory factory)
    {
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && Known.TryGetValue(instrument.Name, out var metric))
                own.EnableMeasurementEvents(instrument, metric);
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, metric) => Count((MetricDefinition)metric!, value, tags));
        listener.Start();
    }

    /// <summary>Takes what was counted since the last time.</summary>
    internal List<MetricDelta> Take()
    {
        var taken = new List<MetricDelta>();
        foreach (var (metric, all) in counts)
        {
            foreach (var (key, series) in all)
            {
                if (series.Take() is { } delta)
                    taken.Add(new MetricDelta(metric, key.Values(metric.Labels.Length), delta.Sum, delta.Counts));
            }
        }
        return taken;
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => listener.Dispose();

    private void Count(MetricDefinition metric, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = new SeriesKey(Value(tags, metric, 0), Value(tags, metric, 1), Value(tags, metric, 2));
        var all = counts[metric];
        if (!all.TryGetValue(key, out var series))
            series = all.GetOrAdd(all.Count < MostSeries ? key : SeriesKey.Others, static (_, m) => new Series(m), metric);
        series.Add(value);
    }

    private static string? Value(ReadOnlySpan<KeyValuePair<string, object?>> tags, MetricDefinition metric, int index)
    {
        if (index >= metric.Labels.Length)
            return null;
        foreach (var tag in tags)
        {
            if (tag.Key == metric.Labels[index])
                return tag.Value as string ?? "";
        }
        return "";
    }
}
