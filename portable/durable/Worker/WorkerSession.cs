using Microsoft.Extensions.Logging;

namespace Navi.Portable.Durable.Worker;

/// <summary>One worker number's life: its loops, from joining to an orderly end or until others took its work.</summary>
internal sealed class WorkerSession
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstSweep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestReapInterval = TimeSpan.FromMilliseconds(100);

    // What is cancelled ignores its token only for so long; then the process ends without it.
    private static readonly TimeSpan CancellationGrace = TimeSpan.FromSeconds(5);

    private readonly DurableRuntime runtime;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stopClaiming = new();
    private readonly CancellationTokenSource abandoned = new();
    private readonly ActivityRunner activities;
    private readonly TurnRunner turns;
    private readonly Retention retention;
    private readonly Task loops;
    private readonly Task maintenance;
    private readonly TaskCompletionSource buried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkerSession(DurableRuntime runtime, DurableTaskCatalog catalog, IServiceProvider services, long id, ILogger logger)
    {
        this.runtime = runtime;
        this.logger = logger;
        Id = id;
        activities = new ActivityRunner(runtime, new ActivityExecution(runtime, catalog, services), id, abandoned.Token);
        turns = new TurnRunner(runtime, catalog, services, activities, id, abandoned.Token);
        activities.Deliver = turns.TryDeliver;
        runtime.Here = turns;
        retention = new Retention(runtime.DataSource, runtime.Options.Retention, logger);
        loops = Task.WhenAll(Task.Run(() => turns.LoopAsync(stopClaiming.Token)), Task.Run(() => activities.LoopAsync(stopClaiming.Token)));
        maintenance = Task.Run(() => MaintainAsync(abandoned.Token));
        WorkerLog.Joined(logger, id);
    }

    public long Id { get; }

    /// <summary>Ends when others have taken this worker for dead: its lease had run out.</summary>
    public Task Buried => buried.Task;

    /// <summary>Stops claiming, waits for running work, then cancels what is left. Leases are still renewed meanwhile.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        turns.Drain();
        Leave();
        await stopClaiming.CancelAsync();
        await loops;
        await turns.ReleaseIdleAsync();
        await activities.ReleaseRowAsync();
        if (!await IdleWithinAsync(runtime.Options.DrainTimeout, cancellationToken))
        {
            WorkerLog.DrainTimedOut(logger, Id, runtime.Options.DrainTimeout);
            activities.Close();
            activities.CancelAll();
            await IdleWithinAsync(CancellationGrace, CancellationToken.None);
        }
        await AbandonAsync();
        WorkerLog.Left(logger, Id);
    }

    /// <summary>Drops everything at once: what was running is others' to do again, and what it still answers is fenced off.</summary>
    public async Task AbandonAsync()
    {
        Leave();
        activities.Close();
        await stopClaiming.CancelAsync();
        await abandoned.CancelAsync();
        await loops;
        await maintenance;
        await Task.WhenAny(turns.Idle, Task.Delay(CancellationGrace, runtime.Time));
        await turns.ForgetAllAsync();
    }

    // Starts and messages of this process take the way through the database from now on.
    private void Leave()
    {
        if (ReferenceEquals(runtime.Here, turns)) runtime.Here = null;
    }

    private async Task<bool> IdleWithinAsync(TimeSpan bound, CancellationToken cancellationToken)
    {
        try
        {
            // Turns that end may start activities: both have to be idle at the same time.
            await Task.WhenAll(turns.Idle, activities.Idle).WaitAsync(bound, runtime.Time, cancellationToken);
            await activities.Idle.WaitAsync(bound, runtime.Time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task MaintainAsync(CancellationToken cancellationToken)
    {
        var reapInterval = runtime.Options.PollInterval < LongestReapInterval ? runtime.Options.PollInterval : LongestReapInterval;
        var renewInterval = runtime.Options.LeaseDuration / 3;
        var renewed = runtime.Time.GetTimestamp();
        // Soon for the first time: starts that were on their way when their worker went may have come after its burial.
        var (swept, sweepAfter) = (runtime.Time.GetTimestamp(), FirstSweep);
        var healthy = runtime.Time.GetTimestamp();
        Task tidying = Task.CompletedTask;
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                await Task.Delay(reapInterval, runtime.Time, cancellationToken);
                var began = runtime.Time.GetTimestamp();
                if (runtime.Time.GetElapsedTime(renewed) >= renewInterval)
                {
                    if (!await runtime.Workers.RenewAsync(Id, runtime.Options.LeaseDuration, cancellationToken)) buried.TrySetResult();
                    await activities.CheckAsync(cancellationToken);
                    renewed = runtime.Time.GetTimestamp();
                }
                // Where the database stood still nobody could renew: the others get the time to.
                var byLease = runtime.Time.GetElapsedTime(healthy) >= 2 * renewInterval;
                if (await runtime.Workers.ReapAsync(Id, byLease, cancellationToken) is > 0 and var dead)
                {
                    WorkerLog.Reaped(logger, Id);
                    runtime.Meters.Takeover(dead);
                    runtime.OrchestrationWork.Set();
                    runtime.ActivityWork.Set();
                    // What several workers take goes on sooner than what one does.
                    runtime.Others.Set();
                }
                if (runtime.Time.GetElapsedTime(swept) >= sweepAfter && tidying.IsCompleted)
                {
                    // Beside this loop: leases are renewed meanwhile. What the last one met is told now.
                    var last = tidying;
                    tidying = TidyAsync(cancellationToken);
                    (swept, sweepAfter) = (runtime.Time.GetTimestamp(), SweepInterval);
                    await last;
                }
                if (runtime.Time.GetElapsedTime(began) > renewInterval) healthy = runtime.Time.GetTimestamp();
                failures = 0;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                healthy = runtime.Time.GetTimestamp();
                await LoopFailure.HandleAsync(runtime.Health, logger, exception, failures++, cancellationToken);
            }
        }
        await Task.WhenAny(tidying);
    }

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        await runtime.Workers.SweepAsync(cancellationToken);
        await runtime.Connections.TrimAsync();
        await retention.RunAsync(cancellationToken);
    }
}
