using Microsoft.DurableTask;
using Navi.Agent.Loop.Outcomes;
using Navi.Orchestrations.AgentTasks.Activities;
using Navi.Orchestrations.AgentTasks.Messages;
using Navi.Orchestrations.Checkpoints;
using Navi.Platform.Tasks;

namespace Navi.Orchestrations.AgentTasks;

/// <summary>
/// The whole life of a task. It only decides: every arrow into the world is an activity, and ids and outcomes are all it carries,
/// so its history grows by the same few bytes in every turn.
/// </summary>
public sealed class AgentTask : TaskOrchestrator<AgentTaskInput, AgentTaskResult>
{
    // Bounds the history that a hand-over must replay.
    private const int TurnsPerGeneration = 25;

    // A policy that changes while a review waits makes it a new question; somebody who changes it again and again must stop first.
    private const int MostReviews = 10;

    /// <inheritdoc />
    public override async Task<AgentTaskResult> RunAsync(TaskOrchestrationContext context, AgentTaskInput input)
    {
        (string Reason, string? Explanation)? end;
        try
        {
            end = await new Run(context, input).WorkAsync();
        }
        catch (TaskFailedException e)
        {
            end = (StopReasons.Failed, $"{e.TaskName} failed: {e.FailureDetails.ErrorMessage}");
        }
        if (end is not { } ended)
            return new AgentTaskResult("continued");
        await context.CallActivityAsync(nameof(FinishTask), new FinishInput(input.TaskId, ended.Reason, ended.Explanation), Retries.Record);
        return new AgentTaskResult(ended.Reason);
    }

    private sealed class Run(TaskOrchestrationContext context, AgentTaskInput input)
    {
        private readonly Guid task = input.TaskId;
        private int checkpoints = input.Checkpoints;

        /// <summary>Works until the task must end, or returns null when it goes on in a new generation.</summary>
        public async Task<(string, string?)?> WorkAsync()
        {
            var admitted = await CallAsync<Admission>(nameof(AdmitTask), new TaskRef(task));
            if (admitted.HasEnded)
                return (StopReasons.Cancelled, null);
            var workspace = await CallAsync<Preparation>(nameof(PrepareWorkspace), new TaskRef(task));
            if (workspace.StopReason is { } unready)
                return (unready, workspace.Explanation);
            var first = Math.Max(input.Turn, admitted.FirstTurn);
            for (var turn = first; turn < admitted.FirstTurn + admitted.MaxTurns; turn++)
            {
                if (turn > first && turn % TurnsPerGeneration == 0)
                {
                    context.ContinueAsNew(new AgentTaskInput(task, turn, checkpoints));
                    return null;
                }
                var plan = await CallAsync<TurnPlan>(nameof(CallModel), new TurnInput(task, turn));
                if (plan.StopReason is { } stop)
                    return (stop, plan.Explanation);
                if (await ExecuteAsync(plan.Calls) is { } stopped)
                    return stopped;
                if (plan.Ends)
                    return await DeliverAsync();
            }
            return (StopReasons.IterationLimit, $"The task did not end within {admitted.MaxTurns} model turns.");
        }

        /// <summary>Neighbours that only read run side by side; everything else in order.</summary>
        private async Task<(string, string?)?> ExecuteAsync(IReadOnlyList<PlannedCall> calls)
        {
            for (var i = 0; i < calls.Count;)
            {
                var batch = calls.Skip(i).TakeWhile(c => c.ReadsOnly && c.Gate is null).ToList();
                if (batch.Count == 0)
                    batch = [calls[i]];
                i += batch.Count;
                if (batch is [{ Gate: { } kind } gated])
                {
                    var settled = await GateAsync(kind, gated.CallId);
                    // A rejected call goes on to the ledger: the model is told. Nobody's silence and the task's own end stop it.
                    if (StopReasons.OfGate(settled.Status) is { } stop and not StopReasons.Rejected)
                        return (stop, null);
                }
                if (await ExecuteBatchAsync(batch) is { } stopped)
                    return stopped;
            }
            return null;
        }

        /// <summary>Executes calls side by side; those that a suspension kept from beginning are begun again together, after one wait.</summary>
        private async Task<(string, string?)?> ExecuteBatchAsync(List<PlannedCall> batch)
        {
            while (true)
            {
                var outcomes = await Task.WhenAll(batch.Select(c => context.CallActivityAsync<CallOutcome>(nameof(ExecuteTool), new CallInput(task, c.CallId), Retries.Work)));
                if (outcomes.FirstOrDefault(o => o.StopReason is not null) is { } stopped)
                    return (stopped.StopReason!, stopped.Explanation);
                batch = [.. batch.Where((_, i) => outcomes[i].Suspended)];
                if (batch.Count == 0)
                    return null;
                await ResumedAsync();
            }
        }

        private async Task<(string, string?)?> DeliverAsync()
        {
            var verified = await CallAsync<VerificationOutcome>(nameof(VerifyTask), new TaskRef(task));
            if (verified.StopReason is StopReasons.VerificationFailed or StopReasons.Cancelled || !verified.HasChanges)
                return (verified.StopReason, verified.Explanation);
            for (var reviews = 0; reviews < MostReviews; reviews++)
            {
                var review = await GateAsync("review", null);
                if (StopReasons.OfGate(review.Status) is { } stop)
                    return (stop, null);
                var published = await CallAsync<PublishOutcome>(nameof(PublishBranch), new PublishInput(task, review.CheckpointId));
                if (!published.AskAgain)
                    return published.StopReason is { } reason ? (reason, published.Explanation) : (verified.StopReason, verified.Explanation);
            }
            return (StopReasons.Failed, $"What was approved had changed {MostReviews} times before it could be published.");
        }

        private Task<CheckpointResult> GateAsync(string kind, string? callId)
        {
            var number = ++checkpoints;
            return context.CallSubOrchestratorAsync<CheckpointResult>(
                nameof(Checkpoint), new CheckpointInput(task, number, kind, callId), new TaskOptions().WithInstanceId(InstanceIds.Checkpoint(task, number)));
        }

        private async Task<T> CallAsync<T>(string activity, object activityInput)
            where T : ISuspendable
        {
            while (true)
            {
                var outcome = await context.CallActivityAsync<T>(activity, activityInput, Retries.Work);
                if (!outcome.Suspended)
                    return outcome;
                await ResumedAsync();
            }
        }

        /// <summary>Waits while the row says that the task is suspended; an event only makes it look again.</summary>
        private async Task ResumedAsync()
        {
            while (await context.CallActivityAsync<bool>(nameof(ParkTask), new TaskRef(task), Retries.Work))
                await context.WaitForExternalEvent<object?>(TaskSuspension.WakeEvent);
        }
    }
}
