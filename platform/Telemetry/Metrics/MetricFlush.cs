using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Navi.Platform.Telemetry.Metrics;

/// <summary>Adds this process's counts to the installation's totals every few seconds, when somebody asks for them, and once more when the process has drained.</summary>
internal sealed partial class MetricFlush(
    MetricCounts counts, MetricStore store, MetricInstance instance, IEnumerable<IProcessGauges> gauges, IOptions<TelemetryOptions> options, TimeProvider time, ILogger<MetricFlush> logger) : BackgroundService
{
    private const int FlushesPerClean = 360;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim turn = new(1);
    private IReadOnlyList<MetricDelta>? unsure;
    private long sequence;
    private bool failing;

    /// <summary>Adds what was counted. What could not be added stays and is added later, once.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer.</exception>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            // A batch whose outcome nobody knows goes again under its own number, before anything newer.
            if (unsure is not null)
                await SendAsync(unsure, cancellation);
            unsure = counts.Take();
            sequence++;
            await SendAsync(unsure, cancellation);
            if (sequence % FlushesPerClean == 0)
                await store.ForgetAsync(cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlushAsync(CancellationToken.None);
        // What has ended in order is no process any more; of one that was killed nobody knows for some minutes.
        if (!failing)
            await LeaveAsync();
        turn.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.FlushSeconds), time);
        do
            await TryFlushAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LeaveAsync()
    {
        using var bound = new CancellationTokenSource(Patience);
        try
        {
            await store.LeaveAsync(instance.Name, bound.Token);
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
    }

    private async Task SendAsync(IReadOnlyList<MetricDelta> batch, CancellationToken cancellation)
    {
        await store.AddAsync(instance.Name, sequence, batch, [.. gauges.SelectMany(g => g.Read())], cancellation);
        unsure = null;
    }

    private async Task TryFlushAsync(CancellationToken stopping)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        bound.CancelAfter(Patience);
        try
        {
            await FlushAsync(bound.Token);
            failing = false;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // Once per outage: the database's absence is told by many others.
            if (!failing)
                LogFailed(e);
            failing = true;
        }
    }

    [LoggerMessage(1601, LogLevel.Warning, "Metrics could not be added to the totals; they are kept and added later.")]
    private partial void LogFailed(Exception exception);
}
