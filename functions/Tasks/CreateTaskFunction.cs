using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Navi.Agent.Loop;
using Navi.Agent.Models.Routing;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Platform.Hosting;
using Navi.Platform.Tasks;

namespace Navi.Functions.Tasks;

/// <summary>POST /v1/tasks.</summary>
public sealed class CreateTaskFunction(TaskIntake intake, RepositoryCheck repositories, ModelRouter models, IOptions<NaviOptions> navi, IOptions<LoopOptions> loop)
{
    /// <summary>Accepts a task: the row first, then the start. 201 with the task; 200 when the idempotency key was used for the same body.</summary>
    [Function(nameof(CreateTask))]
    [Operation("Tasks", "Hands over a task.")]
    [RequestHeader("Idempotency-Key", "The caller's name for this request: the same key with the same body gives the same task.", MaxLength = TaskIntake.LongestKey, Example = "build-4711")]
    [Body(typeof(CreateTaskRequest), TaskExamples.Create)]
    [Answers(201, "The task was accepted; the header Location names it.", Body = typeof(TaskView), Example = TaskExamples.Queued)]
    [Answers(200, "The key was used for this task before.", Body = typeof(TaskView), Example = TaskExamples.Queued)]
    [Refuses(422, "invalid", "A member or header has a value that is not accepted; field names it.")]
    public async Task<IResult> CreateTask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/tasks")] HttpRequest request, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        var (body, digest) = await RequestBody.ReadAsync<CreateTaskRequest>(request);
        if (Invalid(body) is { } invalid)
            return invalid;
        if (TaskIntake.Invalid(body.Task, request) is { } unaccepted)
            return unaccepted;
        var principal = AccessMiddleware.PrincipalOf(context);
        if (await intake.RepeatedAsync(request, principal, digest) is { } repeated)
            return repeated;
        if (repositories.Refusal(body.Repository!, navi.Value.IsLocal) is { } refusal)
            return Problem.Invalid("repository", refusal.Title, refusal.Detail);
        var model = models.Choose(body.Provider ?? loop.Value.Provider, body.Mode ?? TaskMode.Auto);
        if (model.Refusal is { } unserved)
            return Problem.Invalid(model.Field!, unserved, model.Hint);
        return await intake.AcceptAsync(request, client, new NewTask(
            principal.Organisation, principal.User, body.Repository!, body.Task!.Trim(), model.Provider, navi.Value.Environment, body.PreApprove,
            loop.Value.MaxTurns, loop.Value.TimeLimit, null, digest, body.Mode ?? TaskMode.Auto));
    }

    private IResult? Invalid(CreateTaskRequest body)
    {
        if (string.IsNullOrWhiteSpace(body.Repository))
            return Problem.Invalid("repository", "No repository was given.", "Give the path or URL of a git repository.");
        if (body.Repository.Contains('\0', StringComparison.Ordinal))
            return Problem.Invalid("repository", "The text has a NUL character.");
        if (body.PreApprove && !navi.Value.IsLocal)
            return Problem.Invalid("pre_approve", $"Approval in advance is only for the Local environment, this is {navi.Value.Environment}.");
        return null;
    }
}
