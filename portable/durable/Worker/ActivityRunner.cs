using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>Runs claimed activity calls, a bounded number at a time.</summary>
internal sealed class ActivityRunner
{
    private readonly DurableRuntime runtime;
    private readonly ActivityExecution execution;
    private readonly long worker;
    private readonly CancellationToken abandoned;
    private readonly ILogger logger;
    private readonly UnknownClaims<ActivityClaim> unknown;
    private readonly ConcurrentDictionary<long, RunningActivity> running = new();
    private readonly BusyCount busy = new();
    private int free;
    private volatile bool closed;
    private volatile bool backlog;

    public ActivityRunner(DurableRuntime runtime, ActivityExecution execution, long worker, CancellationToken abandoned)
    {
        this.runtime = runtime;
        this.execution = execution;
        this.worker = worker;
        this.abandoned = abandoned;
        logger = runtime.Loggers.CreateLogger("Navi.Portable.Durable.Activities");
        free = runtime.Options.MaxConcurrentActivities;
        unknown = new UnknownClaims<ActivityClaim>(
            cancellation => runtime.Activities.ClaimsAsync(worker, cancellation),
            claim => running.ContainsKey(claim.ActivityId),
            (claims, cancellation) => runtime.Activities.ReleaseAsync(claims, worker, cancellation),
            runtime.Time,
            runtime.Options.PollInterval);
    }

    /// <summary>Hands an outcome to its instance in this process; false when it must be stored. Set before anything is started.</summary>
    public Func<RunningActivity, ActivityOutcome, bool> Deliver { get; set; } = (_, _) => false;

    /// <summary>Ends as soon as no call runs and no outcome is being stored.</summary>
    public Task Idle => busy.WhenNone();

    /// <summary>A claim's answer was lost: there may be calls that are claimed for this worker and that it does not know.</summary>
    public void SuspectUnknownClaims()
    {
        unknown.Suspect();
        runtime.ActivityWork.Set();
    }

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
        var full = false;
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            // Said first: a place given back meanwhile must be heard of.
            backlog = true;
            // Half of the places, unless there is much to claim: the turns of this process need some meanwhile.
            var places = Reserve(full ? int.MaxValue : Math.Max(1, Volatile.Read(ref free) / 2));
            backlog = places == 0;
            try
            {
                if (places > 0)
                {
                    await unknown.CheckAsync(cancellationToken);
                    var since = runtime.Time.GetTimestamp();
                    var claimed = await runtime.Activities.ClaimAsync(worker, places, cancellationToken);
                    full = claimed.Count == places;
                    failures = 0;
                    runtime.Health.Answers();
                    foreach (var activity in claimed) Start(Register(activity, since), here: false);
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
                unknown.Suspect();
                await LoopFailure.HandleAsync(runtime.Health, logger, exception, failures++, cancellationToken);
            }
            finally
            {
                Interlocked.Add(ref free, places);
            }
        }
    }

    /// <summary>Makes a claimed call one that this worker is at; <see cref="Start"/> runs it, in a reserved place.</summary>
    /// <param name="since">A timestamp from before the claim.</param>
    public RunningActivity Register(ClaimedActivity activity, long since)
    {
        var call = new RunningActivity(activity, CancellationTokenSource.CreateLinkedTokenSource(abandoned), since);
        running[activity.ActivityId] = call;
        busy.Enter();
        return call;
    }

    /// <param name="here">Begins on the caller's thread, which has nothing else to do.</param>
    public void Start(RunningActivity call, bool here)
    {
        if (here) _ = RunAsync(call);
        else ThreadPool.UnsafeQueueUserWorkItem(static start => _ = start.Runner.RunAsync(start.Call), (Runner: this, Call: call), preferLocal: false);
    }

    /// <summary>The turns that heard of these calls' outcomes are stored.</summary>
    public void Settled(IReadOnlyList<long> calls)
    {
        foreach (var id in calls) running.TryRemove(id, out _);
    }

    /// <summary>Stores an outcome that was handed over in memory and not heard: it goes into its instance's inbox.</summary>
    public void StoreOutcome(InboxMessage message)
    {
        if (message.Activity is not { } id || !running.TryGetValue(id, out var call)) return;
        busy.Enter();
        _ = StoreAndForgetAsync(call, message.Payload, message.Failure);
    }

    /// <summary>Stops calls that are not this worker's any more.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        long[] mine = [.. running.Keys];
        if (mine.Length == 0) return;
        var kept = await runtime.Activities.KeptAsync(worker, mine, cancellationToken);
        Cancel(mine.Where(id => !kept.Contains(id)));
    }

    private void Cancel(IEnumerable<long> ids)
    {
        foreach (var id in ids)
        {
            if (!running.TryGetValue(id, out var call)) continue;
            try
            {
                call.Cancellation.Cancel();
            }
            catch (Exception exception) when (exception is ObjectDisposedException or AggregateException)
            {
                // It ended just now, or a callback of the activity's own threw: either way it is cancelled.
            }
        }
    }

    private async Task RunAsync(RunningActivity call)
    {
        var activity = call.Call;
        var (settled, placed) = (true, true);
        try
        {
            var outcome = await execution.RunAsync(activity, call.Cancellation.Token);
            // One that was cancelled may be somebody else's by now: the store finds out.
            var cancelled = call.Cancellation.IsCancellationRequested;
            call.Cancellation.Dispose();
            if (outcome is null)
            {
                await HandBackAsync(activity);
                return;
            }
            // The place is free before the instance goes on: its next call may need it.
            GiveBack(1);
            placed = false;
            settled = cancelled || !Deliver(call, outcome);
            if (settled) await StoreAsync(activity, outcome.Result, outcome.Failure);
        }
        catch (Exception exception)
        {
            if (!abandoned.IsCancellationRequested) WorkerLog.LoopError(logger, exception);
        }
        finally
        {
            if (settled) running.TryRemove(activity.ActivityId, out _);
            if (placed) GiveBack(1);
            busy.Exit();
        }
    }

    private async Task StoreAndForgetAsync(RunningActivity call, string? result, string? failure)
    {
        try
        {
            await StoreAsync(call.Call, result, failure);
        }
        catch (Exception exception)
        {
            if (!abandoned.IsCancellationRequested) WorkerLog.LoopError(logger, exception);
        }
        finally
        {
            running.TryRemove(call.Call.ActivityId, out _);
            busy.Exit();
        }
    }

    private async Task StoreAsync(ClaimedActivity activity, string? result, string? failure)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var (stored, keeper) = await runtime.Activities.CompleteAsync(activity, worker, result, failure, abandoned);
                if (!stored) WorkerLog.ActivityFenced(logger, activity.Name, activity.InstanceId, activity.TaskId);
                // Not stored at a second try may mean stored at the first.
                if (keeper is null || keeper == worker) runtime.WakeOrchestrations();
                if ((keeper is not null && keeper != worker) || (!stored && attempt > 0)) runtime.Others.Set();
                return;
            }
            catch (Exception exception) when (!abandoned.IsCancellationRequested && DatabaseHealth.IsInfrastructure(exception))
            {
                // The work is done: its result is worth waiting for the database. A lost claim ends this, too.
                await runtime.Health.FailedAsync(exception, attempt, abandoned);
            }
            catch (Exception exception) when (!abandoned.IsCancellationRequested && failure is null)
            {
                // PostgreSQL does not take this text (too large): the call's failure, not the worker's.
                (result, failure) = (null, Failures.Serialize(ActivityExecution.Unstorable(activity, exception.GetType().ToString(), exception.Message)));
            }
        }
    }

    private async Task HandBackAsync(ClaimedActivity activity)
    {
        WorkerLog.ActivityHandedBack(logger, activity.Name, activity.InstanceId, activity.TaskId);
        if (abandoned.IsCancellationRequested) return;
        await runtime.Activities.ReleaseAsync([new ActivityClaim(activity.ActivityId, activity.Epoch)], worker, CancellationToken.None);
        runtime.Others.Set();
    }
}
