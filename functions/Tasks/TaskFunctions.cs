using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Navi.Agent.Effects;
using Navi.Agent.Loop;
using Navi.Functions.Checkpoints;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Orchestrations.Reconciliation;
using Navi.Platform.Checkpoints;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Functions.Tasks;

/// <summary>Reads and cancels tasks.</summary>
public sealed class TaskFunctions(TaskStore tasks, EffectLedger ledger, CheckpointStore checkpoints, TaskDiff diffs, OutboxDispatcher dispatcher)
{
    /// <summary>GET /v1/tasks/{id}: the task, its calls and its gates.</summary>
    [Function(nameof(GetTask))]
    [Operation("Tasks", "One task with its calls and checkpoints.")]
    [Answers(200, "The task.", Body = typeof(TaskView), Example = TaskExamples.Queued)]
    public async Task<IResult> GetTask([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/tasks/{id}")] HttpRequest request, string id, FunctionContext context)
    {
        var (row, scope) = await FindAsync(id, request, context);
        var calls = await ledger.ListAsync(scope, row.Id, request.HttpContext.RequestAborted);
        var gates = await checkpoints.ListAsync(scope, null, row.Id, 1000, request.HttpContext.RequestAborted);
        return Answer.Json(TaskView.Of(row) with { Calls = [.. calls.Select(CallView.Of)], Checkpoints = [.. gates.Select(g => CheckpointView.Of(g, null))] });
    }

    /// <summary>GET /v1/tasks/{id}/diff: the patch from the base to the last step, or the published one.</summary>
    [Function(nameof(GetTaskDiff))]
    [Operation("Tasks", "What the task has changed, as a patch that git apply takes.")]
    [Answers(200, "The patch; empty without changes.", MediaType = "text/x-diff", Example = TaskExamples.Diff)]
    public async Task<IResult> GetTaskDiff([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/tasks/{id}/diff")] HttpRequest request, string id, FunctionContext context)
    {
        var (row, scope) = await FindAsync(id, request, context);
        return Results.Bytes(await diffs.ReadAsync(scope, row, request.HttpContext.RequestAborted), "text/x-diff; charset=utf-8");
    }

    /// <summary>POST /v1/tasks/{id}/cancel: 202 when the end was asked for, 409 when the task had ended.</summary>
    [Function(nameof(CancelTask))]
    [Operation("Tasks", "Ends a task; nothing is published.")]
    [Answers(202, "The end was asked for.", Body = typeof(TaskView), Example = TaskExamples.Queued)]
    [Refuses(409, "finished", "The task has ended.")]
    public async Task<IResult> CancelTask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/tasks/{id}/cancel")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        var (row, scope) = await FindAsync(id, request, context);
        var (accepted, outbox) = await tasks.CancelAsync(scope, row.Id, AccessMiddleware.PrincipalOf(context).User, request.HttpContext.RequestAborted);
        foreach (var message in outbox)
            await dispatcher.SendAsync(client, message, CancellationToken.None);
        return accepted == true
            ? Answer.Json(TaskView.Of((await tasks.FindAsync(scope, row.Id, request.HttpContext.RequestAborted))!), 202)
            : Problem.Of(409, "finished", $"The task has ended: {row.StopReason}.");
    }

    private async Task<(TaskRow Row, Scope Scope)> FindAsync(string id, HttpRequest request, FunctionContext context)
    {
        var scope = Scope.Of(AccessMiddleware.PrincipalOf(context).Organisation);
        return Guid.TryParse(id, out var task) && await tasks.FindAsync(scope, task, request.HttpContext.RequestAborted) is { } row
            ? (row, scope)
            : throw new ProblemException(Problem.NotFound("task", id));
    }
}
