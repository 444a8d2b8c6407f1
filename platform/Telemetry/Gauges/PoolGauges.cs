using System.Diagnostics.Metrics;
using Navi.Platform.Data;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Platform.Telemetry.Gauges;

/// <summary>The application's connection pool, as Npgsql's own instruments tell of it (OpenTelemetry's conventions for database client metrics).</summary>
internal sealed class PoolGauges : IProcessGauges, IDisposable
{
    private const string Waiting = "db.client.connection.npgsql.pending_requests";
    private readonly MeterListener listener = new();
    private readonly Lock gate = new();
    private readonly Dictionary<MetricDefinition, double> values = [];
    private int pending;

    public PoolGauges(NaviDatabase database)
    {
        var pool = database.PoolName;
        listener.InstrumentPublished = static (instrument, own) =>
        {
            if (instrument.Meter.Name == "Npgsql" && (instrument.Name == Waiting || (instrument.IsObservable && instrument.Name.StartsWith("db.client.connection.", StringComparison.Ordinal))))
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
        {
            if (Tag(tags, "db.client.connection.pool.name") != pool)
                return;
            // This one tells of each change, the others of their state when asked.
            if (instrument.Name == Waiting)
                Interlocked.Add(ref pending, value);
            else if (MetricOf(instrument.Name, Tag(tags, "db.client.connection.state")) is { } metric)
                values[metric] = value;
        });
        listener.Start();
    }

    public IEnumerable<Sample> Read()
    {
        lock (gate)
        {
            values.Clear();
            listener.RecordObservableInstruments();
            return [.. values.Select(v => new Sample(v.Key, v.Value)), new Sample(MetricCatalogue.PoolPending, Volatile.Read(ref pending))];
        }
    }

    public void Dispose() => listener.Dispose();

    private static MetricDefinition? MetricOf(string instrument, string? state) => (instrument, state) switch
    {
        ("db.client.connection.count", "used") => MetricCatalogue.PoolUsed,
        ("db.client.connection.count", "idle") => MetricCatalogue.PoolIdle,
        ("db.client.connection.max", _) => MetricCatalogue.PoolMax,
        _ => null,
    };

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
                return tag.Value as string;
        }
        return null;
    }
}
