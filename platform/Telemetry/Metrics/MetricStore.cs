using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>The totals of all processes and the present gauges of each, in <c>navi.metric_totals</c> and <c>navi.metric_instances</c>.</summary>
internal sealed class MetricStore([FromKeyedServices(MetricConnections.Key)] NaviDatabase database)
{
    // Three times the longest pause between two flushes.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    // Rows are added to in one order by everybody, so that two processes never wait for each other.
    private const string Add =
        """
        WITH turn AS (
          INSERT INTO navi.metric_instances AS i (instance, sequence, gauges, seen_at) VALUES (@instance, @sequence, @gauges::jsonb, clock_timestamp())
          ON CONFLICT (instance) DO UPDATE SET sequence = excluded.sequence, gauges = excluded.gauges, seen_at = excluded.seen_at WHERE i.sequence < excluded.sequence
          RETURNING 1)
        INSERT INTO navi.metric_totals AS t (metric, shape, labels, value, counts)
        SELECT d.metric, d.shape, d.labels, d.value, d.counts::bigint[] FROM unnest(@metrics, @shapes, @labels, @values, @counts) AS d (metric, shape, labels, value, counts)
        WHERE EXISTS (SELECT FROM turn) ORDER BY d.metric, d.shape, d.labels
        ON CONFLICT (metric, shape, labels) DO UPDATE SET value = t.value + excluded.value,
          counts = (SELECT coalesce(array_agg(a + b ORDER BY n), '{}') FROM unnest(t.counts, excluded.counts) WITH ORDINALITY AS u (a, b, n));
        """;

    private const string Forget = "DELETE FROM navi.metric_instances WHERE seen_at < clock_timestamp() - @Kept";

    private const string Read =
        """
        SELECT metric, shape, labels, value, counts FROM navi.metric_totals ORDER BY metric, labels;
        SELECT instance, gauges::text AS gauges FROM navi.metric_instances WHERE seen_at > clock_timestamp() - @Fresh ORDER BY instance;
        """;

    /// <summary>Adds <paramref name="deltas"/> to the totals, once per <paramref name="sequence"/>, and shows <paramref name="gauges"/> as the process's state.</summary>
    public Task AddAsync(string instance, long sequence, IReadOnlyList<MetricDelta> deltas, IReadOnlyList<Sample> gauges, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, c => c.ExecuteAsync(new CommandDefinition(Add, new
        {
            instance, sequence, gauges = NaviJson.Write(gauges.Where(g => double.IsFinite(g.Value)).Select(g => new StoredGauge(g.Metric.Name, g.Labels, g.Value))),
            metrics = deltas.Select(d => d.Metric.Name).ToArray(), shapes = deltas.Select(d => ShapeOf(d.Metric)).ToArray(),
            labels = deltas.Select(d => JsonSerializer.Serialize(d.Labels)).ToArray(), values = deltas.Select(d => d.Value).ToArray(),
            counts = deltas.Select(d => $"{{{string.Join(',', d.Counts)}}}").ToArray(),
        }, cancellationToken: cancellation)), cancellation);

    /// <summary>Removes a process that ends.</summary>
    public Task LeaveAsync(string instance, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, c => c.ExecuteAsync(new CommandDefinition("DELETE FROM navi.metric_instances WHERE instance = @instance", new { instance }, cancellationToken: cancellation)), cancellation);

    /// <summary>Removes processes that have not been heard of for a day.</summary>
    public Task ForgetAsync(CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.ExecuteAsync(Forget, new { Kept }), cancellation);

    /// <summary>Everything that is kept under this build's shapes, and the gauges of processes that were heard of lately.</summary>
    public Task<MetricState> ReadAsync(CancellationToken cancellation) =>
        database.RunAsync(Scope.System, Read, new { Fresh }, async answers =>
        {
            var known = MetricCatalogue.All.Where(d => d.IsTotal).ToDictionary(d => d.Name);
            var totals = (await answers.ReadAsync<TotalRow>()).Where(r => known.TryGetValue(r.Metric, out var metric) && ShapeOf(metric) == r.Shape)
                .Select(r => new MetricDelta(known[r.Metric], JsonSerializer.Deserialize<string[]>(r.Labels)!, r.Value, r.Counts)).ToList();
            var gauges = MetricCatalogue.All.Where(d => d.IsOfProcess).ToDictionary(d => d.Name);
            var instances = (await answers.ReadAsync<(string Instance, string Gauges)>()).Select(i => (i.Instance, (IReadOnlyList<Sample>)
                [.. NaviJson.Read<List<StoredGauge>>(i.Gauges).Where(g => gauges.TryGetValue(g.Metric, out var m) && m.Labels.Length == g.Labels.Length).Select(g => new Sample(gauges[g.Metric], g.Value, g.Labels))])).ToList();
            return new MetricState(totals, instances);
        }, cancellation);

    private static string ShapeOf(MetricDefinition metric) =>
        $"{string.Join(',', metric.Labels)}|{string.Join(',', metric.Buckets.Select(b => b.ToString(CultureInfo.InvariantCulture)))}";

    private sealed record StoredGauge(string Metric, string[] Labels, double Value);

    private sealed class TotalRow
    {
        public string Metric { get; set; } = "";

        public string Shape { get; set; } = "";

        public string Labels { get; set; } = "";

        public double Value { get; set; }

        public long[] Counts { get; set; } = [];
    }
}
