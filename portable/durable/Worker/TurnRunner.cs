using Microsoft.Extensions.Logging;
using System.Collections.Concurrent;
using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>
/// Keeps instances and runs their turns. What an instance has to hear comes from its inbox, or straight from what happened in this process;
/// a claim ends when the instance does, when it gives way to others, or when the worker stops.
/// </summary>
internal sealed partial class TurnRunner
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly DurableRuntime runtime;
    private readonly DurableTaskCatalog catalog;
    private readonly IServiceProvider services;
    private readonly ActivityRunner activities;
    private readonly CancellationToken abandoned;
    private readonly ILogger logger;
    private readonly OwnedInstances owned = new();
    private readonly TurnPlaces places;
    private readonly BusyCount busy = new();
    private readonly TurnWriter writer;
    private readonly int capacity;
    private readonly VersionFilter versions;
    private volatile bool draining;
    private readonly UnknownClaims<InstanceClaim> unknown;
    private readonly ConcurrentQueue<InstanceClaim> lost = new();
    private volatile bool hungry;

    public TurnRunner(DurableRuntime runtime, DurableTaskCatalog catalog, IServiceProvider services, ActivityRunner activities, long worker, CancellationToken abandoned)
    {
        this.runtime = runtime;
        this.catalog = catalog;
        this.services = services;
        this.activities = activities;
        this.abandoned = abandoned;
        Worker = worker;
        capacity = runtime.Options.StickyInstances;
        logger = runtime.Loggers.CreateLogger("Navi.Portable.Durable.Orchestrations");
        versions = new VersionFilter(runtime.DataSource, runtime.Options, runtime.Time);
        places = new TurnPlaces(runtime.Options.MaxConcurrentOrchestrations);
        unknown = new UnknownClaims<InstanceClaim>(
            cancellation => runtime.Instances.ClaimsAsync(worker, cancellation),
            claim => owned.TryGet(claim.InstanceId, out var kept) && kept.Claim.Key == claim,
            (claims, cancellation) => runtime.Turns.ReleaseAsync(claims, worker, cancellation),
            runtime.Time,
            runtime.Options.PollInterval);
        writer = new TurnWriter(runtime.Turns, runtime.Meters, worker, this, abandoned);
    }

    public long Worker { get; }

    /// <summary>Ends as soon as no turn is under way.</summary>
    public Task Idle => busy.WhenNone();

    /// <summary>Whether an instance that begins here can begin at once.</summary>
    public bool HasRoom => capacity > 0 && !draining && busy.Value < Math.Min(capacity, 8 * runtime.Options.MaxConcurrentOrchestrations);

    /// <summary>Whether a new instance of that version can begin here at once.</summary>
    public bool Takes(string version) => HasRoom && Runs(version);

    /// <summary>Takes no more instances, and hands results to inboxes.</summary>
    public void Drain() => draining = true;

    /// <summary>An instance is being made that will be kept here; until <see cref="Made"/> a stop waits for it.</summary>
    public void Making() => busy.Enter();

    /// <summary>It is kept here now, or is not to be.</summary>
    public void Made() => Exit();

    /// <summary>Gives up all that has nothing to do, for others.</summary>
    public async Task ReleaseIdleAsync()
    {
        var idle = owned.Evict(int.MaxValue);
        if (idle.Count == 0) return;
        foreach (var kept in idle) Dispose(kept);
        try
        {
            await runtime.Turns.ReleaseAsync([.. idle.Select(kept => kept.Claim.Key)], Worker, abandoned);
            runtime.Others.Set();
        }
        catch (Exception exception) when (DatabaseHealth.IsInfrastructure(exception))
        {
            // They go with the worker's row.
        }
    }

    /// <summary>Lets go of everything in memory.</summary>
    public async ValueTask ForgetAllAsync()
    {
        foreach (var kept in owned.All())
        {
            kept.Leave();
            owned.Remove(kept);
            if (kept.Orchestrator is { } orchestrator) await orchestrator.DisposeAsync();
        }
    }

    /// <summary>Looks for instances that have something to do until cancelled.</summary>
    public async Task LoopAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                await ReleaseLostAsync(cancellationToken);
                await unknown.CheckAsync(cancellationToken);
                await MakeRoomAsync(cancellationToken);
                var room = Room();
                hungry = room == 0;
                var began = runtime.Time.GetTimestamp();
                // Asked first: what becomes due between the two is found by the second.
                var next = await runtime.Instances.UntilNextMessageAsync(cancellationToken);
                var (claimed, addressed) = await runtime.Instances.ClaimAsync(Worker, room, await versions.AcceptedAsync(cancellationToken), cancellationToken);
                runtime.Meters.Claim(runtime.Time.GetElapsedTime(began));
                failures = 0;
                runtime.Health.Answers();
                foreach (var instance in claimed) Adopt(instance, null);
                foreach (var id in addressed)
                {
                    // Claimed for this worker, and not kept: its turn ends just now, or the answer to a start got lost.
                    if (!Address(id)) unknown.Suspect();
                }
                if (claimed.Count > 0) continue;
                var pause = next is { } due && due - runtime.Time.GetElapsedTime(began) is var rest && rest < runtime.Options.PollInterval ? rest : runtime.Options.PollInterval;
                await runtime.OrchestrationWork.WaitAsync(pause > Shortest ? pause : Shortest, runtime.Time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                unknown.Suspect();
                await LoopFailure.HandleAsync(runtime.Health, logger, exception, failures++, cancellationToken);
            }
        }
    }

    /// <summary>Keeps an instance that was claimed for this worker, and runs its turn.</summary>
    /// <param name="told">What its inbox holds; null lets the turn read it.</param>
    public void Adopt(ClaimedInstance instance, IReadOnlyList<InboxMessage>? told)
    {
        if (owned.TryGet(instance.InstanceId, out var current) && current.Claim.Incarnation == instance.Incarnation && current.Claim.Epoch >= instance.Epoch)
        {
            // An answer that comes late: the claim was given back and taken again meanwhile.
            Address(instance.InstanceId);
            return;
        }
        var adopted = new OwnedInstance(instance, runtime.Time.GetTimestamp());
        var begins = false;
        if (told is null) adopted.Address(out begins);
        else begins = adopted.TryTellInbox(0, told);
        if (owned.Add(adopted) is { } replaced) Dispose(replaced);
        if (begins) Begin(adopted, here: false);
    }

    /// <summary>Says that the instance's inbox has something; false when this worker does not keep it.</summary>
    public bool Address(string id)
    {
        if (!owned.TryGet(id, out var kept) || !kept.Address(out var begin)) return false;
        if (begin) Begin(kept, here: false);
        return true;
    }

    /// <summary>The instance, if this worker keeps it.</summary>
    public OwnedInstance? Find(string id) => owned.TryGet(id, out var kept) ? kept : null;

    /// <summary>Tells an idle instance what its inbox held at a moment after the ticket was taken; false when something came in between.</summary>
    public bool TryTellInbox(OwnedInstance kept, long ticket, IReadOnlyList<InboxMessage> inbox)
    {
        if (!kept.TryTellInbox(ticket, inbox)) return false;
        Begin(kept, here: false);
        return true;
    }

    /// <summary>Hands an activity's outcome to its instance; false when it must go into the instance's inbox.</summary>
    public bool TryDeliver(RunningActivity call, ActivityOutcome outcome)
    {
        var activity = call.Call;
        if (draining || capacity == 0 || !owned.TryGet(activity.InstanceId, out var kept)) return false;
        if (kept.Claim.Incarnation != activity.Incarnation || kept.Claim.Execution != activity.Execution) return false;
        // Claimed before this worker got the instance: the call may have been taken from it. The store finds out.
        if (call.Since < kept.Since) return false;
        var kind = outcome.Failure is null ? MessageKind.ActivityCompleted : MessageKind.ActivityFailed;
        var message = new InboxMessage(0, kind, activity.Execution, activity.TaskId, activity.Name, outcome.Result, outcome.Failure) { Activity = activity.ActivityId };
        if (!kept.Tell(message, out var begin)) return false;
        if (begin) Begin(kept, here: true);
        return true;
    }

    // What is begun in this process does not shut out what comes from others.
    private int Room()
    {
        var (most, now) = (runtime.Options.MaxConcurrentOrchestrations, busy.Value);
        return now >= 8 * most ? 0 : Math.Max(most - now, Math.Max(1, most / 4));
    }

    private bool Runs(string version) =>
        runtime.Options.VersionMatch == VersionMatch.None || VersionFilter.Accepts(version, runtime.Options.WorkerVersion!, runtime.Options.VersionMatch);

    /// <summary>Gives back the claims on instances whose turns could not be written, or may have been.</summary>
    private async Task ReleaseLostAsync(CancellationToken cancellationToken)
    {
        var claims = new List<InstanceClaim>();
        while (lost.TryDequeue(out var claim)) claims.Add(claim);
        if (claims.Count == 0) return;
        try
        {
            await runtime.Turns.ReleaseAsync(claims, Worker, cancellationToken);
        }
        catch
        {
            foreach (var claim in claims) lost.Enqueue(claim);
            throw;
        }
    }

    /// <summary>Gives up idle instances when there are too many.</summary>
    private async Task MakeRoomAsync(CancellationToken cancellationToken)
    {
        var surplus = owned.Count - capacity + runtime.Options.MaxConcurrentOrchestrations;
        if (capacity == 0 || surplus <= runtime.Options.MaxConcurrentOrchestrations / 2) return;
        var evicted = owned.Evict(Math.Min(surplus, capacity));
        if (evicted.Count == 0) return;
        foreach (var kept in evicted) Dispose(kept);
        runtime.Meters.Evicted(evicted.Count);
        await runtime.Turns.ReleaseAsync([.. evicted.Select(kept => kept.Claim.Key)], Worker, cancellationToken);
    }
}
