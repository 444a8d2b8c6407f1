using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>Runs claimed activity calls, a bounded number at a time.</summary>
internal sealed class ActivityRunner(DurableRuntime runtime, DurableTaskCatalog catalog, IServiceProvider services, long worker, CancellationToken abandoned)
{
    private readonly ILogger logger = runtime.Loggers.CreateLogger("Navi.Portable.Durable.Activities");
    private readonly ConcurrentDictionary<long, CancellationTokenSource> running = new();
    private readonly ConcurrentDictionary<Task, bool> tasks = new();
    private int free = runtime.Options.MaxConcurrentActivities;
    private volatile bool closed;
    private volatile bool mayHoldUnknown;
    private volatile bool backlog;

    public IEnumerable<long> Running => running.Keys;

    public Task Idle => Task.WhenAll(tasks.Keys);

    /// <summary>A claim's answer was lost: there may be calls that are claimed for this worker and that it does not know.</summary>
    public void SuspectUnknownClaims() => mayHoldUnknown = true;

    /// <summary>Takes up to <paramref name="wanted"/> places; each is used by <see cref="Start"/> or given back.</summary>
    public int Reserve(int wanted)
    {
        if (closed) return 0;
        while (true)
        {
            var seen = Volatile.Read(ref free);
            var taken = Math.Min(seen, wanted);
            if (taken <= 0) return 0;
            if (Interlocked.CompareExchange(ref free, seen - taken, seen) == seen) return taken;
        }
    }

    public void GiveBack(int places)
    {
        if (places == 0) return;
        Interlocked.Add(ref free, places);
        // A place matters only to calls that found none.
        if (backlog) runtime.ActivityWork.Set();
    }

    /// <summary>Stops taking calls; running ones go on.</summary>
    public void Close() => closed = true;

    /// <summary>Fires the calls' tokens.</summary>
    public void CancelAll() => Cancel(running.Keys);

    /// <summary>Claims and runs until cancelled.</summary>
    public async Task LoopAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            // Said first: a place given back meanwhile must be heard of.
            backlog = true;
            var places = Reserve(int.MaxValue);
            backlog = places == 0;
            try
            {
                if (places > 0)
                {
                    if (mayHoldUnknown)
                    {
                        await runtime.Activities.ReleaseAllExceptAsync(worker, running.Keys, cancellationToken);
                        mayHoldUnknown = false;
                    }
                    var claimed = await runtime.Activities.ClaimAsync(worker, places, runtime.Options.LeaseDuration, cancellationToken);
                    failures = 0;
                    runtime.Health.Answers();
                    foreach (var activity in claimed) Start(activity);
                    Interlocked.Add(ref free, places - claimed.Count);
                    places = 0;
                    if (claimed.Count > 0) continue;
                }
                await runtime.ActivityWork.WaitAsync(runtime.Options.PollInterval, runtime.Time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                mayHoldUnknown = true;
                await LoopFailure.HandleAsync(runtime.Health, logger, exception, failures++, cancellationToken);
            }
            finally
            {
                Interlocked.Add(ref free, places);
            }
        }
    }

    /// <summary>Runs a claimed call in a reserved place.</summary>
    public void Start(ClaimedActivity activity)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(abandoned);
        running[activity.ActivityId] = cancellation;
        var task = Task.Run(() => RunAsync(activity, cancellation), CancellationToken.None);
        tasks.TryAdd(task, true);
        _ = task.ContinueWith(ended => tasks.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Extends the leases of running calls, and stops those whose lease is lost.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        long[] mine = [.. running.Keys];
        if (mine.Length == 0) return;
        var kept = await runtime.Activities.RenewAsync(worker, mine, runtime.Options.LeaseDuration, cancellationToken);
        Cancel(mine.Where(id => !kept.Contains(id)));
    }

    private void Cancel(IEnumerable<long> ids)
    {
        foreach (var id in ids)
        {
            if (!running.TryGetValue(id, out var cancellation)) continue;
            try
            {
                cancellation.Cancel();
            }
            catch (Exception exception) when (exception is ObjectDisposedException or AggregateException)
            {
                // It ended just now, or a callback of the activity's own threw: either way it is cancelled.
            }
        }
    }

    private async Task RunAsync(ClaimedActivity activity, CancellationTokenSource cancellation)
    {
        try
        {
            var outcome = await ExecuteAsync(activity, cancellation.Token);
            if (outcome is null) await HandBackAsync(activity);
            else await StoreAsync(activity, outcome);
        }
        catch (Exception exception)
        {
            if (!abandoned.IsCancellationRequested) WorkerLog.LoopError(logger, exception);
        }
        finally
        {
            running.TryRemove(activity.ActivityId, out _);
            cancellation.Dispose();
            GiveBack(1);
        }
    }

    /// <summary>Null when the call was broken off because its token fired.</summary>
    private async Task<Outcome?> ExecuteAsync(ClaimedActivity activity, CancellationToken cancellationToken)
    {
        if (catalog.FindActivity(activity.Name) is not { } run)
            return new Outcome(null, Failures.Create(Failures.ActivityNotFound, $"No activity task named '{activity.Name}' was found."));
        try
        {
            await using var scope = services.CreateAsyncScope();
            var context = new ActivityContext(activity.Name, activity.InstanceId, activity.Version);
            var output = await run(scope.ServiceProvider, context, activity.Input, cancellationToken);
            return new Outcome(runtime.Options.DataConverter.Serialize(output), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            var failure = Failures.From(exception);
            WorkerLog.ActivityFailed(logger, activity.Name, activity.InstanceId, activity.TaskId, failure.ErrorType);
            return new Outcome(null, failure);
        }
    }

    private async Task StoreAsync(ClaimedActivity activity, Outcome outcome)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var failure = outcome.Failure is { } details ? Failures.Serialize(details) : null;
                var stored = await runtime.Activities.CompleteAsync(activity, worker, outcome.Result, failure, abandoned);
                if (stored) runtime.OrchestrationWork.Set();
                else WorkerLog.ActivityFenced(logger, activity.Name, activity.InstanceId, activity.TaskId);
                return;
            }
            catch (Exception exception) when (!abandoned.IsCancellationRequested && DatabaseHealth.IsInfrastructure(exception))
            {
                // The work is done: its result is worth waiting for the database. A lost claim ends this, too.
                await runtime.Health.FailedAsync(exception, attempt, abandoned);
            }
            catch (Exception exception) when (!abandoned.IsCancellationRequested && outcome.Failure is null)
            {
                // PostgreSQL does not take this text (U+0000, too large): the call's failure, not the worker's.
                outcome = new Outcome(
                    null, Failures.Create(exception.GetType().ToString(), $"The result of activity '{activity.Name}' can't be stored: {exception.Message}"));
            }
        }
    }

    private async Task HandBackAsync(ClaimedActivity activity)
    {
        WorkerLog.ActivityHandedBack(logger, activity.Name, activity.InstanceId, activity.TaskId);
        if (abandoned.IsCancellationRequested) return;
        await runtime.Activities.ReleaseAsync(activity, worker, CancellationToken.None);
        runtime.Others.Set();
    }

    private sealed record Outcome(string? Result, TaskFailureDetails? Failure);
}
