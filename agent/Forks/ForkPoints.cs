using Navi.Agent.Effects;
using Navi.Agent.Tools;
using Navi.Agent.Workspace;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Forks;

namespace Navi.Agent.Forks;

/// <summary>
/// Finds the state that a task had after one of its calls. Only the calls up to the first that is not settled count, in their order: what ran beside or after an unfinished one has no state of its own.
/// </summary>
public sealed class ForkPoints
{
    private const int Listed = 12;
    private readonly EffectLedger ledger;
    private readonly ToolRegistry registry;
    private readonly WorkspaceStore workspaces;

    internal ForkPoints(EffectLedger ledger, ToolRegistry registry, WorkspaceStore workspaces)
    {
        this.ledger = ledger;
        this.registry = registry;
        this.workspaces = workspaces;
    }

    /// <summary>The state after a call, or after the last settled one when none is named; it does not matter whether the task still runs.</summary>
    /// <param name="scope">The caller's organisation.</param>
    /// <param name="origin">The task.</param>
    /// <param name="callId">The call; null for the last one.</param>
    /// <param name="cancellation">Cancels the read.</param>
    public async Task<ForkChoice> FindAsync(Scope scope, TaskRow origin, string? callId, CancellationToken cancellation)
    {
        if (origin.BaseCommit is null)
            return new ForkChoice(null, ForkObstacle.NoWorkspace, $"Task {origin.Id} has no workspace: it is {origin.StopReason ?? origin.Status}.", "A task can be forked as soon as its workspace is ready.");
        var calls = (await ledger.ListAsync(scope, origin.Id, cancellation)).Where(c => c.Index >= 0).ToList();
        var settled = calls.TakeWhile(c => c.Status is "done" or "rejected" && !Ends(c)).ToList();
        var last = callId is null ? settled.LastOrDefault() : settled.Find(c => c.CallId == callId);
        if (last is null && callId is not null)
            return Refused(callId, calls, settled);
        var head = settled.LastOrDefault(c => c.Commit is not null && (c.Turn, c.Index).CompareTo((last!.Turn, last.Index)) <= 0)?.Commit ?? origin.BaseCommit;
        if (!workspaces.Holds(origin.Id.ToString("d"), head))
            return new ForkChoice(null, ForkObstacle.NoWorkspace, $"The workspace of task {origin.Id} is gone from this disk.", "Start a new task.");
        return new ForkChoice(new ForkPoint(origin.Id, last?.CallId, last?.Turn ?? -1, last?.Index ?? -1, head));
    }

    private ForkChoice Refused(string callId, List<LedgerRow> calls, List<LedgerRow> settled)
    {
        var hint = settled.Count == 0
            ? "No call of the task can be named yet; leave call_id out to begin from its workspace as it was at first."
            : $"Calls that can be named: {(settled.Count > Listed ? "..., " : "")}{string.Join(", ", settled.TakeLast(Listed).Select(c => c.CallId))}.";
        if (calls.Find(c => c.CallId == callId) is not { } call)
            return new ForkChoice(null, ForkObstacle.BadCall, $"The task has no call '{BoundedText.Brief(callId)}'.", hint);
        // The first call that stands in the way; the named one itself when all before it are settled.
        var obstacle = calls[settled.Count];
        if (Ends(obstacle))
            return new ForkChoice(null, ForkObstacle.BadCall, $"Call {obstacle.CallId} ends the task: nothing can begin after it.", hint);
        var place = obstacle == call ? $"Call {call.CallId}" : $"Call {obstacle.CallId}, before {call.CallId},";
        return obstacle.Status == "in_doubt"
            ? new ForkChoice(null, ForkObstacle.InDoubt, $"{place} is in doubt: nobody can tell whether '{obstacle.Tool}' had its effect.", hint)
            : new ForkChoice(null, ForkObstacle.NotDone, $"{place} is not done: it is {obstacle.Status}.", hint);
    }

    private bool Ends(LedgerRow call) => call.Verdict == "allow" && registry.Find(call.Tool) is { Ends: true };
}
