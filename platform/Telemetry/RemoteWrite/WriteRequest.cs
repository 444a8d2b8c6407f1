using Google.Protobuf;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Platform.Telemetry.RemoteWrite;

/// <summary>Series as the message <c>prometheus.WriteRequest</c> (prometheus/prompb: remote.proto and types.proto; Prometheus Remote-Write Specification 1.0).</summary>
internal static class WriteRequest
{
    // repeated TimeSeries timeseries = 1 of WriteRequest; labels = 1 and samples = 2 of TimeSeries; name = 1, value = 2 of Label; value = 1 (double), timestamp = 2 (int64) of Sample.
    private const uint FirstMessage = (1 << 3) | (uint)WireFormat.WireType.LengthDelimited;
    private const uint SecondMessage = (2 << 3) | (uint)WireFormat.WireType.LengthDelimited;
    private const uint FirstDouble = (1 << 3) | (uint)WireFormat.WireType.Fixed64;
    private const uint SecondInteger = (2 << 3) | (uint)WireFormat.WireType.Varint;

    /// <summary>The message, not yet compressed.</summary>
    /// <param name="points">The series; each gets the label <c>job</c>.</param>
    /// <param name="job">Its value, as a scrape job of that name would set it.</param>
    /// <param name="at">The samples' moment.</param>
    public static byte[] Of(IEnumerable<MetricPoint> points, string job, DateTimeOffset at) => Message(request =>
    {
        foreach (var point in points)
            Part(request, FirstMessage, series => Series(series, point, job, at.ToUnixTimeMilliseconds()));
    });

    private static void Series(CodedOutputStream series, MetricPoint point, string job, long milliseconds)
    {
        var labels = point.Labels.Zip(point.Values).Append(("__name__", point.Name)).Append(("job", job)).Where(l => l.Item2.Length > 0);
        // The specification wants them sorted by name; an empty value is no label.
        foreach (var (name, value) in labels.OrderBy(l => l.Item1, StringComparer.Ordinal))
        {
            Part(series, FirstMessage, label =>
            {
                label.WriteTag(FirstMessage);
                label.WriteString(name);
                label.WriteTag(SecondMessage);
                label.WriteString(value);
            });
        }
        Part(series, SecondMessage, sample =>
        {
            sample.WriteTag(FirstDouble);
            sample.WriteDouble(point.Value);
            sample.WriteTag(SecondInteger);
            sample.WriteInt64(milliseconds);
        });
    }

    private static void Part(CodedOutputStream outer, uint tag, Action<CodedOutputStream> write)
    {
        outer.WriteTag(tag);
        outer.WriteBytes(UnsafeByteOperations.UnsafeWrap(Message(write)));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
            write(output);
        return bytes.ToArray();
    }
}
