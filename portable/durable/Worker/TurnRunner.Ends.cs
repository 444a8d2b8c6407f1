using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

internal sealed partial class TurnRunner : ITurnEnds
{
    void ITurnEnds.Ended(PendingTurn turn, WriteResult result, bool here)
    {
        try
        {
            if (result.Commit is { } commit) Written(turn, commit, here);
            else if (result.Failure is null) Fenced(turn);
            else Unwritten(turn, result.Failure);
        }
        catch (Exception exception)
        {
            // A listener of logs or metrics: what was claimed and not begun is looked for.
            activities.SuspectUnknownClaims();
            unknown.Suspect();
            WorkerLog.LoopError(logger, exception);
        }
    }

    private void Written(PendingTurn turn, TurnCommit commit, bool here)
    {
        var (kept, result, claimed) = (turn.Owned, turn.Write.Result, commit.Activities);
        Guarded(() => runtime.Meters.Turn(runtime.Time.GetElapsedTime(kept.Began)));
        activities.Settled(result.Settled);
        var now = runtime.Time.GetTimestamp();
        RunningActivity[] calls = [.. claimed.Select(call => activities.Register(call, now))];
        activities.GiveBack(turn.Write.LocalActivities - claimed.Count);
        if (turn.Write.Keep)
        {
            kept.Claim = After(result);
            if (result.Outcome is TurnOutcome.ContinuedAsNew)
            {
                Dispose(kept);
                kept.Address(out _);
            }
            if (turn.More) kept.Address(out _);
            Guarded(() => Announce(result, claimed.Count, commit.At));
            for (var n = 0; n < calls.Length - 1; n++) activities.Start(calls[n], here: false);
            End(kept);
        }
        else
        {
            foreach (var message in kept.Leave()) activities.StoreOutcome(message);
            Drop(kept);
            Guarded(() => Announce(result, claimed.Count, commit.At));
            for (var n = 0; n < calls.Length - 1; n++) activities.Start(calls[n], here: false);
            if (!result.IsTerminal) runtime.WakeOrchestrations();
        }
        if (calls.Length > 0) activities.Start(calls[^1], here);
    }

    // A listener of logs or metrics must not keep a written turn's calls from being run.
    private void Guarded(Action telling)
    {
        try
        {
            telling();
        }
        catch (Exception exception)
        {
            WorkerLog.LoopError(logger, exception);
        }
    }

    private static ClaimedInstance After(TurnResult result)
    {
        var instance = result.Instance;
        return result.Outcome is TurnOutcome.ContinuedAsNew next
            ? instance with { Status = result.Status, Execution = instance.Execution + 1, HistoryLength = 0, Input = next.Input, Version = next.Version ?? instance.Version }
            : instance with { Status = result.Status, HistoryLength = instance.HistoryLength + result.Events.Count };
    }

    private void Fenced(PendingTurn turn)
    {
        WorkerLog.TurnFenced(logger, turn.Owned.Claim.InstanceId);
        activities.GiveBack(turn.Write.LocalActivities);
        Lose(turn.Owned, turn.Told, mayBeClaimed: false);
        runtime.WakeOrchestrations();
    }

    private void Unwritten(PendingTurn turn, Exception exception)
    {
        activities.GiveBack(turn.Write.LocalActivities);
        if (!DatabaseHealth.IsInfrastructure(exception) && turn.Write.Result.Outcome is not TurnOutcome.Failed { Unstorable: true })
        {
            // Something of the turn is no text for PostgreSQL (U+0000, too large): this instance fails, and says so; nothing else is held up.
            WorkerLog.TurnUnstorable(logger, exception, turn.Owned.Claim.InstanceId);
            var result = turn.Write.Result;
            turn.Owned.IsEnding = true;
            writer.Enqueue(turn with { Write = Failing(result.Instance, exception, $"The orchestration's turn can't be stored: {exception.Message}", result.Settled) });
            return;
        }
        activities.SuspectUnknownClaims();
        Lose(turn.Owned, turn.Told, mayBeClaimed: true);
        if (!abandoned.IsCancellationRequested) _ = LoopFailure.HandleAsync(runtime.Health, logger, exception, 0, abandoned);
        runtime.WakeOrchestrations();
    }

    // Ends an instance whose turn can't be.
    private static TurnWrite Failing(ClaimedInstance instance, Exception exception, string message, IReadOnlyList<long> settled)
    {
        var failed = new TurnResult
        {
            Instance = instance,
            Outcome = new TurnOutcome.Failed(Failures.Create(exception.GetType().ToString(), message)) { Unstorable = true },
            Status = InstanceStatus.Failed,
            Settled = settled,
        };
        return new TurnWrite(failed, 0, Keep: false);
    }

    /// <summary>Lets go of an instance whose turn was not written, or of which that is not known: what it was told in memory is stored in the other way.</summary>
    private void Lose(OwnedInstance kept, IReadOnlyList<InboxMessage> told, bool mayBeClaimed)
    {
        if (mayBeClaimed) lost.Enqueue(kept.Claim.Key);
        foreach (var message in told.Concat(kept.Leave())) activities.StoreOutcome(message);
        Drop(kept);
    }

    private void Drop(OwnedInstance kept)
    {
        owned.Remove(kept);
        Dispose(kept);
        Exit();
    }

    private void End(OwnedInstance kept)
    {
        if (kept.EndTurn())
        {
            Continue(kept, here: false);
            return;
        }
        owned.Idle(kept);
        Exit();
        if (draining) _ = ReleaseIdleAsync();
    }

    private void Exit()
    {
        busy.Exit();
        if (hungry) runtime.WakeOrchestrations();
    }

    private static void Dispose(OwnedInstance kept)
    {
        if (kept.Orchestrator is not { } orchestrator) return;
        kept.Orchestrator = null;
        var disposing = orchestrator.DisposeAsync();
        if (!disposing.IsCompletedSuccessfully) _ = disposing.AsTask();
    }

    private void Announce(TurnResult result, int activitiesClaimed, DateTime? at)
    {
        if (result.Decisions.Count(decision => decision is ActivityDecision) > activitiesClaimed)
        {
            runtime.ActivityWork.Set();
            runtime.Others.Set();
        }
        if (result.IsTerminal && result.Instance.Parent is { } parent) AnnounceMessage(parent.InstanceId);
        foreach (var decision in result.Decisions)
        {
            switch (decision)
            {
                case SendEventDecision sent:
                    AnnounceMessage(sent.InstanceId);
                    break;
                case SubOrchestrationDecision or RewoundSubOrchestration:
                    runtime.AnnounceMessages();
                    break;
                case TimerDecision { Cancelled: false } timer when timer.FireAt - result.Instance.Now < runtime.Options.PollInterval:
                    runtime.OrchestrationWork.Set();
                    break;
            }
        }
        if (result.Recursive)
        {
            runtime.WakeOrchestrations();
            runtime.Others.Set();
        }
        if (result.IsTerminal || result.Instance.Status == InstanceStatus.Pending) runtime.Waiters.Changed(result.Instance.InstanceId, result.IsTerminal && at is { } ended ? EndedInstance.Describe(result, ended) : null);
        if (result.Outcome is TurnOutcome.Failed { Details: var details })
            WorkerLog.OrchestrationFailed(logger, result.Instance.InstanceId, result.Instance.Name, details.ErrorType, details.ErrorMessage);
    }

    // Whoever keeps it may be elsewhere, or nobody.
    private void AnnounceMessage(string instanceId)
    {
        if (Address(instanceId)) return;
        runtime.WakeOrchestrations();
        runtime.Others.Set();
    }
}
