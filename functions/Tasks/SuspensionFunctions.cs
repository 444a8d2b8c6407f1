using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Orchestrations.Reconciliation;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Functions.Tasks;

/// <summary>Suspends and resumes tasks.</summary>
public sealed class SuspensionFunctions(TaskStore tasks, TaskSuspension suspension, OutboxDispatcher dispatcher)
{
    /// <summary>POST /v1/tasks/{id}/suspend: 202; from then on no step of the task begins. 409 when the task had ended.</summary>
    [Function(nameof(SuspendTask))]
    [Operation("Tasks", "Suspends a task: nothing of it begins until it is resumed, and its time stands still.", Details = "A step that runs is let to its end. Suspending twice is the same as once.")]
    [Answers(202, "The task is suspended.", Body = typeof(TaskView), Example = TaskExamples.Queued)]
    [Refuses(409, "finished", "The task has ended.")]
    [Refuses(409, "cancelling", "Somebody has asked for the task's end.")]
    public async Task<IResult> SuspendTask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/tasks/{id}/suspend")] HttpRequest request, string id, FunctionContext context)
    {
        var caller = AccessMiddleware.PrincipalOf(context);
        var scope = Scope.Of(caller.Organisation);
        if (!Guid.TryParse(id, out var task))
            return Problem.NotFound("task", id);
        var accepted = await suspension.SuspendAsync(scope, task, caller.User, request.HttpContext.RequestAborted);
        return await AnswerAsync(accepted, scope, task, id);
    }

    /// <summary>POST /v1/tasks/{id}/resume: 202; the task goes on with the time it had left. 409 when the task had ended.</summary>
    [Function(nameof(ResumeTask))]
    [Operation("Tasks", "Lets a suspended task go on with the time that it had left.")]
    [Answers(202, "The task is not suspended.", Body = typeof(TaskView), Example = TaskExamples.Queued)]
    [Refuses(409, "finished", "The task has ended.")]
    [Refuses(409, "cancelling", "Somebody has asked for the task's end.")]
    public async Task<IResult> ResumeTask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/tasks/{id}/resume")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        var caller = AccessMiddleware.PrincipalOf(context);
        var scope = Scope.Of(caller.Organisation);
        if (!Guid.TryParse(id, out var task))
            return Problem.NotFound("task", id);
        var (accepted, outbox) = await suspension.ResumeAsync(scope, task, caller.User, request.HttpContext.RequestAborted);
        foreach (var message in outbox)
            await dispatcher.SendAsync(client, message, CancellationToken.None);
        return await AnswerAsync(accepted, scope, task, id);
    }

    private async Task<IResult> AnswerAsync(bool? accepted, Scope scope, Guid task, string id)
    {
        if (accepted is null || await tasks.FindAsync(scope, task, CancellationToken.None) is not { } row)
            return Problem.NotFound("task", id);
        if (accepted == true)
            return Answer.Json(TaskView.Of(row), 202);
        return row.Status == "finished"
            ? Problem.Of(409, "finished", $"The task has ended: {row.StopReason}.")
            : Problem.Of(409, "cancelling", $"{row.CancelRequestedBy} has asked for the task's end at {row.CancelRequestedAt:u}.");
    }
}
