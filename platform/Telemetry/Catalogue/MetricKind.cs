namespace Navi.Platform.Telemetry.Catalogue;

/// <summary>What a metric is and who keeps it.</summary>
public enum MetricKind
{
    /// <summary>Grows only. Every process counts, the sum of all of them is kept in <c>navi.metric_totals</c>.</summary>
    Counter,

    /// <summary>Counts by size; kept as counters are.</summary>
    Histogram,

    /// <summary>A state of the whole installation, read from the database when somebody asks.</summary>
    Fleet,

    /// <summary>A state of one process, with the label <c>instance</c>.</summary>
    Process,

    /// <summary>Something of one process that grows only until the process ends, with the label <c>instance</c>.</summary>
    ProcessCounter,
}
