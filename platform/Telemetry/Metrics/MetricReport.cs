using Microsoft.Extensions.Logging;
using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>The installation's metrics as Prometheus reads them.</summary>
public sealed partial class MetricReport
{
    private static readonly TimeSpan GaugePatience = TimeSpan.FromSeconds(5);
    private readonly MetricFlush flush;
    private readonly MetricStore store;
    private readonly IEnumerable<IFleetGauges> gauges;
    private readonly ILogger<MetricReport> logger;

    internal MetricReport(MetricFlush flush, MetricStore store, IEnumerable<IFleetGauges> gauges, ILogger<MetricReport> logger)
    {
        this.flush = flush;
        this.store = store;
        this.gauges = gauges;
        this.logger = logger;
    }

    /// <summary>Media type of the text.</summary>
    public static string MediaType => PrometheusText.MediaType;

    /// <summary>Adds this process's counts and writes the totals of all, so that the text never goes back whichever process writes it.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer.</exception>
    public async Task<string> WriteAsync(CancellationToken cancellation) => PrometheusText.Write(await ReadAsync(cancellation));

    /// <summary>The same as series.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer.</exception>
    internal async Task<IEnumerable<(MetricDefinition Metric, IReadOnlyList<MetricPoint> Points)>> ReadAsync(CancellationToken cancellation)
    {
        await flush.FlushAsync(cancellation);
        var state = store.ReadAsync(cancellation);
        var fleet = await Task.WhenAll(gauges.Select(g => ReadAsync(g, cancellation)));
        return MetricPoints.Of(await state, [.. fleet.SelectMany(f => f)]);
    }

    private async Task<IReadOnlyList<Sample>> ReadAsync(IFleetGauges source, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(GaugePatience);
        try
        {
            return await source.ReadAsync(bound.Token);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Absent is honest: an alert on absence tells it, an old or invented value would not.
            LogUnread(e, source.GetType().Name);
            return [];
        }
    }

    [LoggerMessage(1602, LogLevel.Warning, "{Source} could not be read; its gauges are left out.")]
    private partial void LogUnread(Exception exception, string source);
}
