using Navi.Agent.Effects;

namespace Navi.Drills.Kills.Working;

/// <summary>Performs a call's effect, through NAVI's effect ledger or, for the control, without.</summary>
internal sealed class Effects(EffectLedger ledger, WorldClient world, DraftTrees trees, Random random)
{
    // Of one attempt; the ledger keeps what can be probed until then.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    public async Task<string> RunAsync(GuardedStep step, CancellationToken cancellation)
    {
        if (!step.Guarded)
        {
            await PerformAsync(step, "0", null);
            return Values.Answer(step.Call.CallId);
        }
        var start = await ledger.BeginAsync(step.Task, step.Call.CallId, Limit, null, cancellation);
        switch (start.Kind)
        {
            case LedgerAnswer.Settled:
                return (await ledger.ResultAsync(start.Row, cancellation))!.Content;
            case LedgerAnswer.InDoubt:
                return Orchestrators.InDoubt;
            case LedgerAnswer.Run:
                break;
            default:
                throw new InvalidOperationException($"An earlier attempt at {step.Call.CallId} may still be at work.");
        }
        var commit = await PerformAsync(step, $"{start.Row.Attempt}", start.Row.ParentCommit);
        if (!await ledger.CompleteAsync(start.Row, new StoredResult(Values.Answer(step.Call.CallId), false, null), commit, cancellation))
            throw new InvalidOperationException($"Attempt {start.Row.Attempt} at {step.Call.CallId} was overtaken.");
        return Values.Answer(step.Call.CallId);
    }

    /// <returns>The workspace's commit after it; null when it has none.</returns>
    private async Task<string?> PerformAsync(GuardedStep step, string attempt, string? parent)
    {
        var key = $"{step.Task}/{step.Call.CallId}";
        await world.BeginAsync(key);
        await Task.Delay(random.Next(10, 60), CancellationToken.None);
        switch (step.Call.Effect)
        {
            case nameof(EffectClass.Pure):
                return null;
            case nameof(EffectClass.Workspace) when parent is not null:
                var commit = trees.Write(step.Task, step.Call.CallId, attempt, parent);
                // That it wrote a draft; what counts is which of them became the task's head.
                await world.RequestAsync(key);
                return commit;
            case nameof(EffectClass.Idempotent) when step.Guarded:
                await world.RequestAsync(key);
                return null;
            default:
                await world.EffectAsync(key);
                return null;
        }
    }
}
