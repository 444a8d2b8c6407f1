using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Context;
using Navi.Agent.Context.Loops;
using Navi.Agent.Context.Rows;
using Navi.Agent.Context.Tools;
using Navi.Agent.Effects;
using Navi.Agent.Loop.Outcomes;
using Navi.Agent.Models;
using Navi.Agent.Models.Calls;
using Navi.Agent.Models.Routing;
using Navi.Agent.Tools;
using Navi.Agent.Tools.People;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Telemetry.Tracing;

namespace Navi.Agent.Loop;

/// <summary>One turn of the model: its answer, and what policy says to each call it asks for, written into the ledger before anything of it happens.</summary>
public sealed class ModelTurn
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(20);
    private readonly NaviDatabase database;
    private readonly TaskStore tasks;
    private readonly TaskProgress progress;
    private readonly EffectLedger ledger;
    private readonly PromptMaker prompts;
    private readonly CallPlanner planner;
    private readonly ToolRegistry registry;
    private readonly ModelRouter models;
    private readonly TimeProvider time;

    internal ModelTurn(
        NaviDatabase database, TaskStore tasks, TaskProgress progress, EffectLedger ledger, PromptMaker prompts, CallPlanner planner, ToolRegistry registry,
        ModelRouter models, TimeProvider time)
    {
        this.time = time;
        this.database = database;
        this.tasks = tasks;
        this.progress = progress;
        this.ledger = ledger;
        this.prompts = prompts;
        this.planner = planner;
        this.registry = registry;
        this.models = models;
    }

    /// <summary>Runs the turn, or returns the plan that an earlier attempt stored: a model call passes the ledger too, so a crash does not pay twice.</summary>
    public async Task<TurnPlan> RunAsync(Guid task, int turn, CancellationToken cancellation)
    {
        var row = (await tasks.FindAsync(Scope.System, task, cancellation))!;
        if (row.CancelRequestedAt is not null)
            return Stop("cancelled", null);
        if (row.SuspendedAt is not null)
            return Suspended;
        if (row.Overdue)
            return Stop("time_limit", $"The task's time was over at {row.DeadlineAt:u}.");
        var start = await BeginAsync(row, turn, cancellation);
        if (start.Kind == LedgerAnswer.Cancelled)
            return Stop("cancelled", null);
        if (start.Kind == LedgerAnswer.Suspended)
            return Suspended;
        if (start is { Kind: LedgerAnswer.Settled, Row: { IsError: true } })
            return Stop((await ledger.ResultAsync(start.Row, cancellation))!);
        if (start.Kind == LedgerAnswer.Run)
        {
            var (cancelled, end) = await AskUnlessCancelledAsync(row, turn, start.Row, cancellation);
            if (cancelled)
                return Stop("cancelled", null);
            if (end is not null)
            {
                await ledger.CompleteAsync(start.Row, end, null, cancellation);
                return Stop(end);
            }
        }
        return await PlanAsync(row, turn, cancellation);
    }

    private async Task<LedgerStart> BeginAsync(TaskRow row, int turn, CancellationToken cancellation)
    {
        var id = CallIds.Model(turn);
        if (await ledger.FindAsync(row.Id, id, cancellation) is null)
            await database.RunAsync(Scope.System, c => EffectLedger.PlanAsync(
                c, row.Id, row.OrgId, new PlannedEffect(id, turn, CallIds.ModelIndex, CallIds.ModelTool, "{}", EffectClass.Idempotent, "allow", "model", row.Provider, "", null)), cancellation);
        return await ledger.BeginAsync(row.Id, id, Timeout, null, cancellation);
    }

    private async Task<(bool Cancelled, StoredResult? End)> AskUnlessCancelledAsync(TaskRow row, int turn, LedgerRow started, CancellationToken cancellation)
    {
        using var span = TaskTrace.Start("model_turn", row.Id)?.SetTag("navi.turn", turn).SetTag("navi.attempt", started.Attempt);
        await using var watch = new CancelWatch(tasks, row.Id, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(watch.Token, cancellation);
        try
        {
            return (false, await AskAsync(row, turn, started, stop.Token));
        }
        catch (OperationCanceledException) when (watch.Token.IsCancellationRequested)
        {
            await ledger.CancelAsync(started, cancellation);
            return (true, null);
        }
        catch (ModelCallException e) when (e.Kind == ModelFailureKind.ContentFilter)
        {
            return (false, TurnEnd.Of("refused", e.Message));
        }
        catch (ModelCallException e) when (e.IsFinal)
        {
            return (false, TurnEnd.Of("failed", e.Message));
        }
    }

    /// <summary>Asks the model and stores its answer; returns the end of the task when there is no answer to work with.</summary>
    private async Task<StoredResult?> AskAsync(TaskRow row, int turn, LedgerRow started, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        var prompt = await prompts.MakeAsync(row, turn, shorten: false, limit.Token);
        if (prompt.Stop is var (reason, explanation))
            return TurnEnd.Of(reason, explanation);
        ChatResponse response;
        try
        {
            response = await AskAsync(row, turn, prompt, limit.Token);
        }
        catch (ModelCallException e) when (e.Kind == ModelFailureKind.ContextTooLong)
        {
            // The provider counts more than we do; a shorter conversation is asked once.
            prompt = await prompts.MakeAsync(row, turn, shorten: true, limit.Token);
            response = await AskAsync(row, turn, prompt, limit.Token);
        }
        if (TurnEnd.OfRefusal(response) is { } refusal)
            return refusal;
        await StoreAsync(row, turn, started, prompt, response, cancellation);
        return null;
    }

    private Task<ChatResponse> AskAsync(TaskRow row, int turn, Prompt prompt, CancellationToken cancellation) => models.ClientFor(row).GetResponseAsync(
        prompt.Messages, ModelCall.Of(row, turn, ModelPhase.Turn).PutInto(new ChatOptions { Tools = [.. prompt.Tools.Select(t => new ToolDeclaration(t))] }), cancellation);

    private async Task StoreAsync(TaskRow row, int turn, LedgerRow started, Prompt prompt, ChatResponse response, CancellationToken cancellation)
    {
        var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        // PostgreSQL's text and jsonb have no NUL.
        var text = response.Text.Replace('\0', '\uFFFD');
        var planned = await Task.WhenAll(calls.Select((call, index) => planner.PlanAsync(row, turn, index, call)));
        await database.RunAsync(Scope.System, async c =>
        {
            await TaskStore.LockAsync(c, row.Id);
            var current = await EffectLedger.ReadAsync(c, row.Id, started.CallId, "FOR UPDATE");
            if (current!.Status != "started" || current.Attempt != started.Attempt)
                throw new InvalidOperationException($"Attempt {started.Attempt} at turn {turn} was overtaken by another one.");
            await ContextStore.SayAsync(c, row, turn, text, response.ModelId, response.FinishReason?.Value, prompt, response.Usage?.InputTokenCount);
            await TaskEventStore.AppendAsync(c, row.Id, "model_turn", new { Turn = turn, row.Provider, Text = text, Calls = planned.Select(p => p.Tool), PromptTokens = prompt.Tokens, Tools = prompt.Tools.Count });
            if (prompt.Loop is { Level: LoopLevel.Warn or LoopLevel.Force } loop)
                await TaskEventStore.AppendAsync(c, row.Id, "repetition", new { Turn = turn, loop.Level, loop.Times, loop.What });
            foreach (var call in planned)
            {
                await EffectLedger.PlanAsync(c, row.Id, row.OrgId, call);
                if (call is { Tool: UpdatePlanTool.ToolName, Verdict: "allow" })
                    await TaskEventStore.AppendAsync(c, row.Id, "plan", JsonElement.Parse(call.Arguments));
            }
            // What it cost is written with each attempt, whether it succeeds or not.
            await EffectLedger.StoreAsync(c, current, new StoredResult(text, false, null), null, "done");
        }, cancellation);
    }

    private async Task<TurnPlan> PlanAsync(TaskRow row, int turn, CancellationToken cancellation)
    {
        var calls = (await ledger.ListAsync(Scope.System, row.Id, cancellation)).Where(c => c.Turn == turn && c.Index >= 0).ToList();
        var plan = new List<PlannedCall>();
        foreach (var call in calls)
        {
            var tool = registry.Find(call.Tool);
            if (tool is { Ends: true } && call.Verdict == "allow")
            {
                var said = JsonSerializer.Deserialize<FinishTaskArguments>(call.Arguments, ArgumentSchemas.Json)!;
                await progress.AgentFinishedAsync(row.Id, said.Summary, said.ReportPath, cancellation);
                return said.Status == "done" ? new TurnPlan(plan, true, null, null) : Stop(said.Status, said.Summary);
            }
            // What has its result already (invalid, or refused by policy) is not executed.
            if (call.Status == "planned" || call.Status == "started")
                plan.Add(new PlannedCall(call.CallId, call.Effect == nameof(EffectClass.Pure), call.Verdict == "approve" ? tool!.Gate ? "question" : "action" : null));
        }
        return new TurnPlan(plan, false, null, null);
    }

    private static TurnPlan Suspended => new([], false, null, null, Suspended: true);

    private static TurnPlan Stop(StoredResult end) => Stop(TurnEnd.ReasonOf(end), end.Content);

    private static TurnPlan Stop(string reason, string? explanation) => new([], false, reason, explanation);
}
