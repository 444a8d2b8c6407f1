using System.Text.Json;
using Navi.Agent.Effects;
using Navi.Agent.Loop.Outcomes;
using Navi.Agent.Policy;
using Navi.Agent.Sandbox;
using Navi.Agent.Tools;
using Navi.Agent.Workspace;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Metrics;
using Navi.Platform.Telemetry.Tracing;

namespace Navi.Agent.Loop;

/// <summary>Executes one tool call through the effect ledger: intent, attempt in its own directory, result, then the step counts.</summary>
public sealed class ToolExecution
{
    // The ledger's deadline covers the tool's own time-out and what surrounds it.
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(1);
    private readonly EffectLedger ledger;
    private readonly TaskStore tasks;
    private readonly ToolRegistry registry;
    private readonly ToolRunner runner;
    private readonly CommandRunner commands;
    private readonly PolicyEngine policy;
    private readonly WorkspaceStore workspaces;
    private readonly TimeProvider time;
    private readonly NaviMeters meters;
    private readonly ErrorRecorder errors;

    internal ToolExecution(
        EffectLedger ledger, TaskStore tasks, ToolRegistry registry, ToolRunner runner, CommandRunner commands, PolicyEngine policy, WorkspaceStore workspaces, TimeProvider time, NaviMeters meters, ErrorRecorder errors)
    {
        this.errors = errors;
        this.commands = commands;
        this.policy = policy;
        this.ledger = ledger;
        this.tasks = tasks;
        this.registry = registry;
        this.runner = runner;
        this.workspaces = workspaces;
        this.time = time;
        this.meters = meters;
    }

    /// <summary>Runs the call unless the ledger has its outcome already. Called again after a crash it finishes what was begun.</summary>
    /// <exception cref="InvalidOperationException">An earlier attempt may still be at work; the call is repeated later.</exception>
    public async Task<CallOutcome> RunAsync(Guid task, string callId, CancellationToken cancellation)
    {
        var planned = await ledger.FindAsync(task, callId, cancellation) ?? throw new InvalidOperationException($"The ledger has no call {callId} of task {task}.");
        var tool = registry.Find(planned.Tool) ?? throw new InvalidOperationException($"This build has no tool '{planned.Tool}'.");
        if (tool.Risk == ToolRisk.Medium && planned.Effect != nameof(EffectClass.Irreversible) && (await commands.ProbeAsync()).Sandbox == "none")
            return new CallOutcome("failed", $"'{tool.Name}' (call {callId}) was decided for a sandbox, and this process has none. Install bubblewrap here, or let only processes with it work on this database.");
        var start = await ledger.BeginAsync(task, callId, tool.Timeout + Around, tool.Gate ? null : policy.Digest, cancellation);
        switch (start.Kind)
        {
            case LedgerAnswer.Settled:
                Advance(start.Row);
                return new CallOutcome(null, null);
            case LedgerAnswer.Cancelled:
                return new CallOutcome("cancelled", null);
            case LedgerAnswer.Suspended:
                return new CallOutcome(null, null, Suspended: true);
            case LedgerAnswer.InDoubt:
                Count(start.Row, "in_doubt");
                return new CallOutcome("failed", $"Nobody can tell whether '{start.Row.Tool}' (call {callId}) had its effect before NAVI was interrupted. Look at its target before starting the task again.");
            case LedgerAnswer.Wait:
                throw new InvalidOperationException($"An earlier attempt at call {callId} may run until {start.Row.DeadlineAt:u}.");
            default:
                return await AttemptAsync(start.Row, cancellation);
        }
    }

    private async Task<CallOutcome> AttemptAsync(LedgerRow row, CancellationToken cancellation)
    {
        await using var watch = new CancelWatch(tasks, row.TaskId, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(watch.Token, cancellation);
        using var span = TaskTrace.Start($"execute_tool {row.Tool}", row.TaskId)?
            .SetTag("gen_ai.operation.name", "execute_tool").SetTag("gen_ai.tool.name", row.Tool).SetTag("gen_ai.tool.call.id", row.CallId).SetTag("navi.effect", row.Effect).SetTag("navi.attempt", row.Attempt);
        var began = time.GetTimestamp();
        ToolRun run;
        try
        {
            run = await runner.RunAsync(
                new ToolCall(row.TaskId.ToString("d"), row.CallId, row.Attempt, row.ParentCommit!, row.Tool, JsonElement.Parse(row.Arguments)), stop.Token);
        }
        catch (OperationCanceledException) when (watch.Token.IsCancellationRequested)
        {
            await ledger.CancelAsync(row, cancellation);
            Count(row, "cancelled");
            return new CallOutcome("cancelled", null);
        }
        catch (WorkspaceException e)
        {
            Count(row, "failed");
            Report(row, e, ErrorSeverity.Error);
            return new CallOutcome("failed", e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The call is repeated.
            Report(row, e, ErrorSeverity.Warning);
            throw;
        }
        // A refused result is a late attempt's: another one is at work, or done, and tells the orchestration.
        if (!await ledger.CompleteAsync(row, new StoredResult(run.Result.Content, run.Result.IsError, run.Result.Data), run.Commit, cancellation))
            throw new InvalidOperationException($"Attempt {row.Attempt} at call {row.CallId} was overtaken by another one.");
        Count(row, run.Result.IsError ? "error" : "ok");
        meters.Record(MetricCatalogue.ToolDuration, time.GetElapsedTime(began).TotalSeconds, row.Tool);
        if (run.Tree is not null)
            workspaces.Advance(run.Tree, run.Commit);
        return new CallOutcome(null, null);
    }

    private void Count(LedgerRow row, string status) => meters.Add(MetricCatalogue.ToolCalls, 1, row.Tool, row.Effect, status);

    private void Report(LedgerRow row, Exception e, string severity) =>
        errors.Record(ErrorReport.Of("tools", row.Tool, e) with { Severity = severity, Organisation = row.OrgId, Task = row.TaskId });

    // The process may have died between the ledger's word and the workspace's reference.
    private void Advance(LedgerRow row)
    {
        if (row.Commit is { } commit && registry.Find(row.Tool) is { Tree: TreeUse.Write })
            workspaces.Advance(row.TaskId.ToString("d"), row.CallId, commit);
    }
}
