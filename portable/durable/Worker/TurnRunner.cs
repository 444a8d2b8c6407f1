using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>Claims instances and runs their turns, a bounded number at a time.</summary>
internal sealed class TurnRunner(
    DurableRuntime runtime, DurableTaskCatalog catalog, IServiceProvider services, ActivityRunner activities, long worker, CancellationToken abandoned)
{
    private readonly ILogger logger = runtime.Loggers.CreateLogger("Navi.Portable.Durable.Orchestrations");
    private readonly StickyCache sticky = new(runtime.Options.StickyInstances);
    private readonly ConcurrentDictionary<string, Task> turns = new();
    private readonly SemaphoreSlim places = new(runtime.Options.MaxConcurrentOrchestrations);
    private readonly VersionFilter versions = new(runtime.DataSource, runtime.Options, runtime.Time);
    private volatile bool mayHoldUnknown;

    public Task Idle => Task.WhenAll(turns.Values);

    public ValueTask ForgetAllAsync() => sticky.ClearAsync();

    /// <summary>Claims and runs until cancelled.</summary>
    public async Task LoopAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                await places.WaitAsync(cancellationToken);
                places.Release();
                if (mayHoldUnknown)
                {
                    await runtime.Instances.ReleaseAllExceptAsync(worker, turns.Keys, cancellationToken);
                    mayHoldUnknown = false;
                }
                var seen = runtime.OrchestrationWork.Count;
                var claimed = await runtime.Instances.ClaimAsync(worker, places.CurrentCount, runtime.Options.LeaseDuration, await versions.AcceptedAsync(cancellationToken), cancellationToken);
                failures = 0;
                runtime.Health.Answers();
                foreach (var instance in claimed)
                {
                    // Never waits: only this loop takes places.
                    await places.WaitAsync(CancellationToken.None);
                    turns[instance.InstanceId] = Task.Run(() => RunAsync(instance, seen), CancellationToken.None);
                }
                if (claimed.Count > 0) continue;
                var pause = runtime.Options.PollInterval;
                if (await runtime.Instances.UntilNextMessageAsync(cancellationToken) is { } next && next < pause)
                    pause = next > TimeSpan.FromMilliseconds(1) ? next : TimeSpan.FromMilliseconds(1);
                await runtime.OrchestrationWork.WaitAsync(pause, runtime.Time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                mayHoldUnknown = true;
                await LoopFailure.HandleAsync(runtime.Health, logger, exception, failures++, cancellationToken);
            }
        }
    }

    private async Task RunAsync(ClaimedInstance claimed, long seen)
    {
        try
        {
            await RunTurnAsync(claimed);
        }
        catch (Exception exception)
        {
            mayHoldUnknown = true;
            activities.SuspectUnknownClaims();
            if (!abandoned.IsCancellationRequested) await LoopFailure.HandleAsync(runtime.Health, logger, exception, 0, abandoned);
        }
        finally
        {
            turns.TryRemove(claimed.InstanceId, out _);
            places.Release();
            // What was announced while the instance was claimed may have been for it, and was passed over.
            if (runtime.OrchestrationWork.Count != seen || mayHoldUnknown) runtime.OrchestrationWork.Set();
        }
    }

    private async Task RunTurnAsync(ClaimedInstance claimed)
    {
        var began = runtime.Time.GetTimestamp();
        var execution = await sticky.TakeAsync(claimed);
        var keep = false;
        try
        {
            var input = await runtime.Instances.ReadAsync(claimed, execution is null && claimed.HistoryLength > 0, abandoned);
            if (input.Messages.Count == 0)
            {
                await runtime.Turns.ReleaseAsync(claimed, worker, abandoned);
                keep = true;
                return;
            }
            var turn = new Turn(claimed with { Now = input.Now }, catalog, services, runtime.Options.DataConverter, runtime.Loggers);
            var result = turn.Run(input.Messages, execution, input.History);
            execution = turn.Execution;
            keep = await CommitAsync(result) && !result.IsTerminal && result.Outcome is not TurnOutcome.ContinuedAsNew;
            runtime.Meters.Turn(runtime.Time.GetElapsedTime(began));
        }
        finally
        {
            if (execution is not null)
            {
                if (keep) await sticky.KeepAsync(claimed, execution);
                else await execution.DisposeAsync();
            }
        }
    }

    private async Task<bool> CommitAsync(TurnResult result)
    {
        var wanted = result.Decisions.Count(decision => decision is ActivityDecision);
        var reserved = activities.Reserve(wanted);
        var used = 0;
        try
        {
            var claimed = await WriteAsync(result, reserved);
            if (claimed is null)
            {
                WorkerLog.TurnFenced(logger, result.Instance.InstanceId);
                return false;
            }
            foreach (var activity in claimed)
            {
                used++;
                activities.Start(activity);
            }
            Announce(result, wanted - claimed.Count);
            return true;
        }
        catch (Exception exception) when (!DatabaseHealth.IsInfrastructure(exception))
        {
            WorkerLog.TurnUnstorable(logger, exception, result.Instance.InstanceId);
            return await FailUnstorableAsync(result.Instance, exception);
        }
        finally
        {
            activities.GiveBack(reserved - used);
        }
    }

    /// <summary>Something of the turn is no text for PostgreSQL (U+0000, too large): this instance fails, and says so; nothing else is held up.</summary>
    private async Task<bool> FailUnstorableAsync(ClaimedInstance instance, Exception exception)
    {
        var failure = new TurnOutcome.Failed(Failures.Create(exception.GetType().ToString(), $"The orchestration's turn can't be stored: {exception.Message}"));
        var result = new TurnResult { Instance = instance, Outcome = failure, Status = InstanceStatus.Failed };
        if (await WriteAsync(result, 0) is not null) Announce(result, 0);
        return false;
    }

    private Task<IReadOnlyList<ClaimedActivity>?> WriteAsync(TurnResult result, int reserved) =>
        runtime.Turns.CommitAsync(result, worker, reserved, runtime.Options.LeaseDuration, abandoned);

    private void Announce(TurnResult result, int activitiesForOthers)
    {
        if (activitiesForOthers > 0)
        {
            runtime.ActivityWork.Set();
            runtime.Others.Set();
        }
        if (result.IsTerminal || result.Outcome is TurnOutcome.ContinuedAsNew || result.Decisions.Any(decision => decision is not ActivityDecision))
            runtime.OrchestrationWork.Set();
        runtime.Waiters.Changed(result.Instance.InstanceId);
        if (result.Outcome is TurnOutcome.Failed { Details: var details })
            WorkerLog.OrchestrationFailed(logger, result.Instance.InstanceId, result.Instance.Name, details.ErrorType, details.ErrorMessage);
    }
}
