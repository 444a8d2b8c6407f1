using Microsoft.Azure.Functions.Worker;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Performance;
using Navi.Platform.Telemetry.RemoteWrite;

namespace Navi.Functions.Telemetry;

/// <summary>What is done for the record by the clock. Each runs once per schedule in the whole deployment.</summary>
public sealed class TelemetryTimers(PerformanceRollup rollup, TelemetryUpkeep upkeep, MetricPush push)
{
    /// <summary>Every five minutes, a little after a window's end: rolls up what calls, tasks and gates took.</summary>
    [Function(nameof(RollUpPerformance))]
    public Task RollUpPerformance([TimerTrigger("20 */5 * * * *")] TimerInfo timer, CancellationToken cancellation) => rollup.RunAsync(cancellation);

    /// <summary>Every minute: sends the installation's metrics where Navi:Telemetry:RemoteWrite names a receiver, for where nothing can scrape them.</summary>
    [Function(nameof(PushMetrics))]
    public Task PushMetrics([TimerTrigger("40 * * * * *")] TimerInfo timer, CancellationToken cancellation) => push.RunAsync(cancellation);

    /// <summary>Every hour: prepares the coming months of the record and deletes what is older than it is kept.</summary>
    [Function(nameof(KeepTelemetry))]
    public Task KeepTelemetry([TimerTrigger("0 13 * * * *")] TimerInfo timer, CancellationToken cancellation) => upkeep.RunAsync(cancellation);
}
