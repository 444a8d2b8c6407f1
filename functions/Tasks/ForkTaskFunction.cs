using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Navi.Agent.Forks;
using Navi.Agent.Loop;
using Navi.Agent.Models.Routing;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Platform.Data;
using Navi.Platform.Hosting;
using Navi.Platform.Tasks;

namespace Navi.Functions.Tasks;

/// <summary>POST /v1/tasks/{id}/fork.</summary>
public sealed class ForkTaskFunction(
    TaskIntake intake, TaskStore tasks, ForkPoints points, RepositoryCheck repositories, ModelRouter models, IOptions<NaviOptions> navi, IOptions<LoopOptions> loop)
{
    /// <summary>Begins a new task from the state that another one had after one of its calls; the other stays as it is. 201 with the new task; 200 when the idempotency key was used for the same request.</summary>
    [Function(nameof(ForkTask))]
    [Operation("Tasks", "Begins a new task from the state that another one had after one of its steps; the other stays as it is.",
        Details = "The new task has the same base commit, the workspace as it was after the call, and what was said and done until then. Time, turns, costs and approvals are its own; approval in advance is not taken over. The other task may still run.")]
    [RequestHeader("Idempotency-Key", "The caller's name for this request: the same key with the same body gives the same task.", MaxLength = TaskIntake.LongestKey, Example = "fork-4711")]
    [Body(typeof(ForkTaskRequest), TaskExamples.Fork)]
    [Answers(201, "The new task was accepted; the header Location names it.", Body = typeof(TaskView), Example = TaskExamples.Forked)]
    [Answers(200, "The key was used for this fork before.", Body = typeof(TaskView), Example = TaskExamples.Forked)]
    [Refuses(409, "not-done", "The call, or one before it, has no result.")]
    [Refuses(409, "in-doubt", "Nobody can tell whether the call, or one before it, had its effect.")]
    [Refuses(409, "no-workspace", "The task's workspace is not ready yet, or is gone.")]
    [Refuses(409, "no-repository", "The task's repository can't be opened any more.")]
    [Refuses(422, "invalid", "A member or header has a value that is not accepted; field names it.")]
    public async Task<IResult> ForkTask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/tasks/{id}/fork")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        var (body, digest) = await RequestBody.ReadAsync<ForkTaskRequest>(request);
        var principal = AccessMiddleware.PrincipalOf(context);
        var scope = Scope.Of(principal.Organisation);
        if (!Guid.TryParse(id, out var task) || await tasks.FindAsync(scope, task, request.HttpContext.RequestAborted) is not { } origin)
            return Problem.NotFound("task", id);
        if (TaskIntake.Invalid(body.Task ?? origin.Prompt, request) is { } invalid)
            return invalid;
        if (await intake.RepeatedAsync(request, principal, DigestOf(origin.Id, digest)) is { } repeated)
            return repeated;
        var mode = body.Mode ?? origin.Mode;
        var model = models.Choose(body.Provider ?? origin.Provider, mode);
        if (model.Refusal is { } unserved)
            return Problem.Invalid(model.Field!, unserved, model.Hint);
        if (origin.Mode == TaskMode.Private && mode != TaskMode.Private)
            return Problem.Invalid("mode", $"Task {origin.Id} is private: what was said in it may not go to the models of the mode '{mode}'.", "Leave mode out, or hand over a new task.");
        if (repositories.Refusal(origin.Repository, navi.Value.IsLocal) is { } refusal)
            return Problem.Of(409, "no-repository", refusal.Title, refusal.Detail);
        var choice = await points.FindAsync(scope, origin, body.CallId, request.HttpContext.RequestAborted);
        if (choice.Point is not { } point)
            return Refused(choice);
        return await intake.AcceptAsync(request, client, new NewTask(
            principal.Organisation, principal.User, origin.Repository, body.Task?.Trim() ?? origin.Prompt, model.Provider, navi.Value.Environment, PreApproved: false,
            loop.Value.MaxTurns, loop.Value.TimeLimit, null, DigestOf(origin.Id, digest), mode, point with { OnlyModel = model.Names is [ModelRouter.Rules] ? ModelRouter.Rules : null }));
    }

    private static IResult Refused(ForkChoice choice) => choice.Obstacle switch
    {
        ForkObstacle.BadCall => Problem.Invalid("call_id", choice.Title, choice.Hint),
        ForkObstacle.NotDone => Problem.Of(409, "not-done", choice.Title, choice.Hint, "call_id"),
        ForkObstacle.InDoubt => Problem.Of(409, "in-doubt", choice.Title, choice.Hint, "call_id"),
        _ => Problem.Of(409, "no-workspace", choice.Title, choice.Hint),
    };

    // One key space serves every way of making a task: the same body for another task is another request.
    private static string DigestOf(Guid origin, string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"fork {origin:d} {body}")));
}
