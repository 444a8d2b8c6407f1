using System.Diagnostics.Metrics;

namespace Navi.Portable.Durable.Worker;

/// <summary>The runtime's instruments.</summary>
internal sealed class DurableMeters
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Navi.Durable";

    private static readonly InstrumentAdvice<double> Times = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] };

    private readonly Histogram<double> turns;
    private readonly Histogram<double> claims;
    private readonly Histogram<double> groups;
    private readonly Counter<double> takeovers;
    private readonly Counter<double> evictions;

    public DurableMeters(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        turns = meter.CreateHistogram<double>("navi_durable_turn_seconds", "s", "Time of one turn of an orchestration, from its beginning to its commit.", advice: Times);
        claims = meter.CreateHistogram<double>("navi_durable_claim_seconds", "s", "Time of one look for orchestrations that have something to do.", advice: Times);
        groups = meter.CreateHistogram<double>(
            "navi_durable_group_turns", "{turn}", "Turns of orchestrations written in one transaction.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64] });
        takeovers = meter.CreateCounter<double>("navi_durable_takeovers_total", "{worker}", "Workers found dead whose work was freed.");
        evictions = meter.CreateCounter<double>("navi_durable_evictions_total", "{orchestration}", "Idle orchestrations given up to keep others.");
    }

    /// <summary>A turn was run and its outcome stored, or refused because another worker had taken over.</summary>
    public void Turn(TimeSpan took) => turns.Record(took.TotalSeconds);

    /// <summary>The database was asked for orchestrations that have something to do.</summary>
    public void Claim(TimeSpan took) => claims.Record(took.TotalSeconds);

    /// <summary>So many turns went into one transaction.</summary>
    public void Group(int count) => groups.Record(count);

    /// <summary>So many dead workers were buried.</summary>
    public void Takeover(int workers) => takeovers.Add(workers);

    /// <summary>So many idle orchestrations were given up.</summary>
    public void Evicted(int count) => evictions.Add(count);
}
