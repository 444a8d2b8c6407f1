using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Measuring.Served;

/// <summary>
/// Begins and ends what <c>Navi:Telemetry:Enabled</c> begins at a start, the counting of measurements and their addition to the totals, while the process goes on: to measure what it costs on one process.
/// Until it is first turned, everything is as at the start.
/// </summary>
/// <param name="services">The process's services; its telemetry is on.</param>
internal sealed class TelemetrySwitch(IServiceProvider services) : IDisposable
{
    private MetricCounts? counts;
    private MetricFlush? flush;

    public void Turn(bool on)
    {
        // From the first time on, the counts are the switch's own: an ended listener can't begin again.
        services.GetRequiredService<MetricCounts>().Dispose();
        counts?.Dispose();
        flush?.Dispose();
        counts = on ? new MetricCounts(services.GetRequiredService<IMeterFactory>()) : null;
        flush = counts is null ? null : new MetricFlush(
            counts, services.GetRequiredService<MetricStore>(), new MetricInstance(), services.GetServices<IProcessGauges>(), services.GetRequiredService<IOptions<TelemetryOptions>>(), TimeProvider.System, NullLogger<MetricFlush>.Instance);
    }

    /// <summary>Adds what was counted, as a timer does otherwise.</summary>
    public Task FlushAsync(CancellationToken cancellation) => flush?.FlushAsync(cancellation) ?? Task.CompletedTask;

    public void Dispose()
    {
        counts?.Dispose();
        flush?.Dispose();
    }
}
