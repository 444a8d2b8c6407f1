using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Navi.Drills.Kills.Asking;

/// <summary>The client: keeps a number of jobs open, raises the events that they wait for, and waits for their ends.</summary>
/// <param name="client">Of the durable runtime, in a process that does no work.</param>
/// <param name="tasks">Makes guarded tasks.</param>
/// <param name="patient">How it asks.</param>
internal sealed class Load(DurableTaskClient client, GuardedTasks tasks, Patient patient)
{
    private const int Open = 24;

    // What was not ended so long after the last fault is lost.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Ending> endings = new();
    private int number;

    /// <summary>Every job that was started.</summary>
    public IReadOnlyCollection<Ending> Endings => endings;

    /// <summary>Starts job after job until told to stop, then waits for those that are open.</summary>
    /// <param name="part">Name of the part of the drill.</param>
    /// <param name="stop">Fires when no further job is to be started.</param>
    /// <param name="cancellation">Ends everything.</param>
    public async Task RunAsync(string part, CancellationToken stop, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var stopping = stop.Register(() => bound.CancelAfter(Bound));
        await Task.WhenAll(Enumerable.Range(0, Open).Select(_ => Task.Run(KeepOpenAsync, cancellation)));
        cancellation.ThrowIfCancellationRequested();

        async Task KeepOpenAsync()
        {
            while (!stop.IsCancellationRequested)
                endings.Enqueue(await RunJobAsync(part, Interlocked.Increment(ref number), bound.Token));
        }
    }

    private async Task<Ending> RunJobAsync(string part, int n, CancellationToken cancellation)
    {
        var kind = Jobs.Kinds[n % Jobs.Kinds.Count];
        var job = kind switch
        {
            "guarded" => new Job("Guarded", $"guarded-{n}", await patient.AskAsync(() => tasks.MakeAsync(cancellation), cancellation), null, []),
            "control" => new Job("Guarded", $"control-{n}", GuardedTasks.MakeControl(), null, []),
            _ => Jobs.Make(kind, n),
        };
        try
        {
            await patient.AskAsync(() => StartAsync(job, cancellation), cancellation);
            if (job.Event is { } payload)
            {
                var asked = false;
                await patient.AskAsync(async () =>
                {
                    var again = asked;
                    asked = true;
                    return await RaiseAsync(job.Id, payload, again, cancellation);
                }, cancellation);
            }
            return new Ending(job, part, await patient.AskAsync(() => client.WaitForInstanceCompletionAsync(job.Id, true, cancellation), cancellation), null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new Ending(job, part, null, null);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            // Accepted and then unknown, or ended before its event.
            return new Ending(job, part, null, $"{e.GetType().Name}: {e.Message}");
        }
    }

    // Asked again after an answer that got lost, the event may have ended the job already.
    private async Task<bool> RaiseAsync(string id, long payload, bool again, CancellationToken cancellation)
    {
        try
        {
            await client.RaiseEventAsync(id, "go", payload, cancellation);
        }
        catch (InvalidOperationException e) when (again && e is not ObjectDisposedException)
        {
            // Taken before.
        }
        return true;
    }

    // Asked again after an answer that got lost it may be there already, and even ended.
    private async Task<bool> StartAsync(Job job, CancellationToken cancellation)
    {
        try
        {
            var once = new StartOrchestrationOptions { InstanceId = job.Id }.WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
            await client.ScheduleNewOrchestrationInstanceAsync(job.Orchestrator, job.Input, once, cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Accepted before.
        }
        return true;
    }
}
