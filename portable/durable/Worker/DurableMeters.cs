using System.Diagnostics.Metrics;

namespace Navi.Portable.Durable.Worker;

/// <summary>The runtime's instruments.</summary>
internal sealed class DurableMeters
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Navi.Durable";

    private readonly Histogram<double> turns;

    public DurableMeters(IMeterFactory factory) => turns = factory.Create(MeterName).CreateHistogram(
        "navi_durable_turn_seconds", "s", "Time of one turn of an orchestration, from its claim to its commit.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] });

    /// <summary>A turn was run and its outcome stored, or refused because another worker had taken over.</summary>
    public void Turn(TimeSpan took) => turns.Record(took.TotalSeconds);
}
