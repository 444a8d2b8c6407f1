namespace Navi.Platform.Telemetry.Catalogue;

/// <summary>One metric: its only declaration.</summary>
/// <param name="Name">Name as Prometheus sees it; the unit is its ending.</param>
/// <param name="Kind">What it is and who keeps it.</param>
/// <param name="Unit">Unit of the value, after UCUM: <c>s</c>, <c>By</c>, <c>{task}</c>; <c>1</c> for a ratio or a state.</param>
/// <param name="Help">What it counts or measures, in one sentence.</param>
/// <param name="Labels">Names of its labels, in the order in which values are given. Their values are closed sets or names from the configuration: never ids, paths or texts.</param>
public sealed record MetricDefinition(string Name, MetricKind Kind, string Unit, string Help, params string[] Labels)
{
    /// <summary>Upper bounds of a histogram's buckets, rising; empty for the other kinds. Values above the last one count in a bucket without a bound.</summary>
    public IReadOnlyList<double> Buckets { get; init; } = [];

    /// <summary>Only where NAVI's own durable runtime runs: the other backends have metrics of their own.</summary>
    public bool PortableOnly { get; init; }

    /// <summary>Whether all processes' values are summed up in the database.</summary>
    public bool IsTotal => Kind is MetricKind.Counter or MetricKind.Histogram;

    /// <summary>Whether each process has values of its own.</summary>
    public bool IsOfProcess => Kind is MetricKind.Process or MetricKind.ProcessCounter;
}
