using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>Runs claimed activity calls, a bounded number at a time.</summary>
internal sealed partial class ActivityRunner
{
    private static readonly TimeSpan RowLook = TimeSpan.FromMilliseconds(100);

    private readonly DurableRuntime runtime;
    private readonly ActivityExecution execution;
    private readonly long worker;
    private readonly CancellationToken abandoned;
    private readonly ILogger logger;
    private readonly UnknownClaims<ActivityClaim> unknown;
    private readonly ConcurrentDictionary<long, RunningActivity> running = new();
    private readonly BusyCount busy = new();
    private readonly ActivityPlaces places;
    private volatile bool closed;
    private volatile bool backlog;

    public ActivityRunner(DurableRuntime runtime, ActivityExecution execution, long worker, CancellationToken abandoned)
    {
        this.runtime = runtime;
        this.execution = execution;
        this.worker = worker;
        this.abandoned = abandoned;
        logger = runtime.Loggers.CreateLogger("Navi.Portable.Durable.Activities");
        places = new ActivityPlaces(runtime.Options.MaxConcurrentActivities, runtime.Time);
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

    /// <summary>Reserves room for up to <paramref name="wanted"/> calls; each is used by <see cref="Start"/> or given back.</summary>
    public int Reserve(int wanted) => closed || wanted == 0 ? 0 : places.Reserve(wanted);

    public void GiveBack(int count)
    {
        if (count == 0) return;
        places.GiveBack(count);
        // A place matters only to calls that found none.
        if (backlog) runtime.ActivityWork.Set();
    }

    /// <summary>Stops taking calls; running ones go on.</summary>
    public void Close() => closed = true;

    /// <summary>Gives back what waits for a place.</summary>
    public async Task ReleaseRowAsync()
    {
        try
        {
            await LetGoAsync(places.TakeRow(), abandoned);
        }
        catch (Exception exception) when (DatabaseHealth.IsInfrastructure(exception))
        {
            // They go with the worker's row.
        }
    }

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
            var room = closed ? 0 : places.ReserveFree(full);
            backlog = room == 0;
            try
            {
                await LetGoAsync(places.TakeStale(), cancellationToken);
                await unknown.CheckAsync(cancellationToken);
                if (room > 0)
                {
                    var since = runtime.Time.GetTimestamp();
                    var claimed = await runtime.Activities.ClaimAsync(worker, room, cancellationToken);
                    full = claimed.Count == room;
                    failures = 0;
                    runtime.Health.Answers();
                    foreach (var activity in claimed) Start(Register(activity, since), here: false);
                    RunNext(room - claimed.Count);
                    room = 0;
                    if (claimed.Count > 0) continue;
                }
                await runtime.ActivityWork.WaitAsync(places.HasRow && RowLook < runtime.Options.PollInterval ? RowLook : runtime.Options.PollInterval, runtime.Time, cancellationToken);
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
                RunNext(room);
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
        if (!places.TryRun(call, out var first))
        {
            // The loop looks after the row more often than it polls.
            if (first) runtime.ActivityWork.Set();
            return;
        }
        if (here) _ = RunAsync(call);
        else Queue(call);
    }

    /// <summary>The turns that heard of these calls' outcomes are stored.</summary>
    public void Settled(IReadOnlyList<long> calls)
    {
        foreach (var id in calls) running.TryRemove(id, out _);
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
        var began = runtime.Time.GetTimestamp();
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
            EndPlace(began);
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
            if (placed) EndPlace(began);
            busy.Exit();
        }
    }

    private void Queue(RunningActivity call) =>
        ThreadPool.UnsafeQueueUserWorkItem(static start => _ = start.Runner.RunAsync(start.Call), (Runner: this, Call: call), preferLocal: false);

    // Places that calls in the database did not need.
    private void RunNext(int unused)
    {
        foreach (var call in places.Claimed(unused)) Queue(call);
    }

    private void EndPlace(long began)
    {
        if (places.End(runtime.Time.GetElapsedTime(began)) is { } next) Queue(next);
        else if (backlog) runtime.ActivityWork.Set();
    }

    /// <summary>Gives calls back that were taken on ahead and have not come to a place: others may have one.</summary>
    private async Task LetGoAsync(IReadOnlyList<RunningActivity> stale, CancellationToken cancellationToken)
    {
        if (stale.Count == 0) return;
        foreach (var call in stale)
        {
            running.TryRemove(call.Call.ActivityId, out _);
            call.Cancellation.Dispose();
            busy.Exit();
        }
        try
        {
            await runtime.Activities.ReleaseAsync([.. stale.Select(call => new ActivityClaim(call.Call.ActivityId, call.Call.Epoch))], worker, cancellationToken);
        }
        catch
        {
            unknown.Suspect();
            throw;
        }
        runtime.Others.Set();
    }
}
