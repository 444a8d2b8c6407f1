using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;
using Npgsql;

namespace Navi.Portable.Durable.Worker;

internal sealed partial class TurnRunner
{
    private void Begin(OwnedInstance kept, bool here)
    {
        busy.Enter();
        owned.Busy(kept);
        Continue(kept, here);
    }

    private void Continue(OwnedInstance kept, bool here)
    {
        kept.Began = runtime.Time.GetTimestamp();
        if (!places.TryTake(kept)) return;
        if (here) _ = RunAsync(kept);
        else ThreadPool.UnsafeQueueUserWorkItem(static next => _ = next.Runner.RunAsync(next.Kept), (Runner: this, Kept: kept), preferLocal: false);
    }

    private void GiveBackPlace()
    {
        if (places.GiveBack() is { } next) ThreadPool.UnsafeQueueUserWorkItem(static next => _ = next.Runner.RunAsync(next.Kept), (Runner: this, Kept: next), preferLocal: false);
    }

    private async Task RunAsync(OwnedInstance kept)
    {
        IReadOnlyList<InboxMessage> told = [];
        PendingTurn? turn = null;
        try
        {
            (told, var unread) = kept.Take();
            turn = await PrepareAsync(kept, told, unread);
        }
        catch (PostgresException exception) when (exception.SqlState == Payloads.Missing)
        {
            GiveBackPlace();
            kept.IsEnding = true;
            var settled = told.Where(message => message.Activity is not null).Select(message => message.Activity!.Value);
            writer.Enqueue(new PendingTurn(kept, Failing(kept.Claim, exception, exception.MessageText, [.. settled]), told, More: false));
            return;
        }
        catch (Exception exception)
        {
            GiveBackPlace();
            Lose(kept, told, mayBeClaimed: true);
            if (!abandoned.IsCancellationRequested) await LoopFailure.HandleAsync(runtime.Health, logger, exception, 0, abandoned);
            runtime.WakeOrchestrations();
            return;
        }
        GiveBackPlace();
        if (turn is null) await RestAsync(kept);
        else writer.Enqueue(turn);
    }

    /// <summary>Runs the orchestrator; null when there was nothing for it to hear.</summary>
    private async ValueTask<PendingTurn?> PrepareAsync(OwnedInstance kept, IReadOnlyList<InboxMessage> told, bool unread)
    {
        var claim = kept.Claim;
        var withHistory = kept.Orchestrator is null && claim.HistoryLength > 0;
        var more = false;
        IReadOnlyList<InboxMessage> messages = told;
        IReadOnlyList<HistoryEvent> history = [];
        if (unread || withHistory || claim.InputIsReference || runtime.Clock.Now is not { } now)
        {
            var input = await runtime.Instances.ReadAsync(claim, withHistory, abandoned);
            // Results come after what the inbox held: whatever sent that did not know of them.
            messages = [.. input.Messages, .. told.Where(message => message.Activity is not null)];
            (history, now, more) = (input.History, input.Now, input.More);
            if (claim.InputIsReference) kept.Claim = claim = claim with { Input = input.InstanceInput, InputIsReference = false };
        }
        if (messages.Count == 0) return null;
        if (now < claim.Now) now = claim.Now;
        var turn = new Turn(claim with { Now = now }, catalog, services, runtime.Options.DataConverter, runtime.Loggers);
        var result = turn.Run(messages, kept.Orchestrator, history);
        kept.Orchestrator = turn.Execution;
        if (result.IsEmpty) return null;
        if (result.IsTerminal) kept.IsEnding = true;
        var keep = !result.IsTerminal && Keeps(kept, (result.Outcome as TurnOutcome.ContinuedAsNew)?.Version);
        var wanted = draining ? 0 : result.Decisions.Count(decision => decision is ActivityDecision);
        return new PendingTurn(kept, new TurnWrite(result, activities.Reserve(wanted), keep), told, more && result.Consumed.Count > 0);
    }

    // Said before the turn is written, as the claim then goes with it; what comes from now on goes into the inbox.
    private bool Keeps(OwnedInstance kept, string? nextVersion = null) =>
        (capacity > 0 && owned.Count <= capacity && !draining && (nextVersion is null || Runs(nextVersion))) || !kept.TryLeaveBusy();

    /// <summary>Ends a turn that had nothing to hear.</summary>
    private async Task RestAsync(OwnedInstance kept)
    {
        if (Keeps(kept))
        {
            End(kept);
            return;
        }
        var claim = kept.Claim.Key;
        Drop(kept);
        try
        {
            await runtime.Turns.ReleaseAsync([claim], Worker, abandoned);
        }
        catch (Exception exception)
        {
            lost.Enqueue(claim);
            if (!abandoned.IsCancellationRequested) await LoopFailure.HandleAsync(runtime.Health, logger, exception, 0, abandoned);
        }
        runtime.WakeOrchestrations();
    }
}
