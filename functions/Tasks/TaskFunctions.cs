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
    private const int LargestPage = 200;
    private static readonly string[] Statuses = ["queued", "running", "waiting", "finished"];

    /// <summary>GET /v1/tasks?status=&amp;limit=&amp;cursor=: newest first.</summary>
    [Function(nameof(ListTasks))]
    [Operation("Tasks", "Lists the organisation's tasks, newest first.")]
    [Query("status", "Only tasks in this state.", Values = "queued running waiting finished")]
    [Query("limit", "Most tasks of a page.", Type = "integer", Minimum = 1, Maximum = LargestPage, Default = "50")]
    [Query("cursor", "The value of next from the page before.")]
    [Answers(200, "A page.", Body = typeof(Page<TaskView>), Example = TaskExamples.Page)]
    [Refuses(422, "invalid", "A parameter has a value that is not accepted; field names it.")]
    public async Task<IResult> ListTasks([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/tasks")] HttpRequest request, FunctionContext context)
    {
        var status = request.Query["status"].ToString() is { Length: > 0 } s ? s : null;
        if (status is not null && !Statuses.Contains(status))
            return Problem.Invalid("status", $"'{Problem.Shown(status)}' is no status.", $"One of {string.Join(", ", Statuses)}.");
        var limit = 50;
        if (request.Query["limit"].ToString() is { Length: > 0 } l && (!int.TryParse(l, out limit) || limit is < 1 or > LargestPage))
            return Problem.Invalid("limit", $"'{Problem.Shown(l)}' is no page size.", $"A number from 1 to {LargestPage}.");
        Guid? before = null;
        if (request.Query["cursor"].ToString() is { Length: > 0 } c)
        {
            if (!Guid.TryParse(c, out var cursor))
                return Problem.Invalid("cursor", $"'{Problem.Shown(c)}' is no cursor.", "Use the value of 'next' from the page before.");
            before = cursor;
        }
        var rows = await tasks.ListAsync(Scope.Of(AccessMiddleware.PrincipalOf(context).Organisation), status, before, limit + 1, request.HttpContext.RequestAborted);
        var page = rows.Take(limit).ToList();
        return Answer.Json(new Page<TaskView>([.. page.Select(TaskView.Of)], rows.Count > limit ? page[^1].Id : null));
    }

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
