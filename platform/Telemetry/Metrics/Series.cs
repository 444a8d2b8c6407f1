using Navi.Platform.Telemetry.Catalogue;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>What has been counted under one set of labels since it was last taken.</summary>
internal sealed class Series(MetricDefinition metric)
{
    private readonly Lock gate = new();
    private long[]? counts;
    private double sum;
    private bool touched;

    public void Add(double value)
    {
        lock (gate)
        {
            touched = true;
            sum += value;
            if (metric.Kind == MetricKind.Histogram)
                (counts ??= new long[metric.Buckets.Count + 1])[BucketOf(value)]++;
        }
    }

    /// <summary>Takes what there is and begins anew; null when nothing was counted.</summary>
    public (double Sum, long[] Counts)? Take()
    {
        lock (gate)
        {
            if (!touched)
                return null;
            var taken = (sum, counts ?? []);
            (sum, counts, touched) = (0, null, false);
            return taken;
        }
    }

    // A bound belongs to the bucket below it (Prometheus: le).
    private int BucketOf(double value)
    {
        var i = 0;
        while (i < metric.Buckets.Count && value > metric.Buckets[i])
            i++;
        return i;
    }
}
