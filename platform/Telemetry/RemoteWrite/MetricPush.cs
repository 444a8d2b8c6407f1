using Navi.Platform.Telemetry.Metrics;

namespace Navi.Platform.Telemetry.RemoteWrite;

/// <summary>Sends the installation's metrics where <see cref="RemoteWriteOptions.Endpoint"/> says so.</summary>
public sealed class MetricPush
{
    private readonly MetricReport? report;
    private readonly RemoteWriter writer;

    internal MetricPush(MetricReport? report, RemoteWriter writer) => (this.report, this.writer) = (report, writer);

    /// <summary>Sends them once; nothing without a receiver, or when metrics are switched off.</summary>
    /// <exception cref="HttpRequestException">The receiver refuses them, or can't be reached; the next run sends newer ones, and as counts only grow nothing is lost but the moments between.</exception>
    /// <exception cref="OperationCanceledException">The receiver or the identity service does not answer in time; as above.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (report is not null && writer.IsConfigured)
            await writer.SendAsync((await report.ReadAsync(cancellation)).SelectMany(m => m.Points), cancellation);
    }
}
