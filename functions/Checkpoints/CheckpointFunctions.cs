using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Platform.Checkpoints;
using Navi.Platform.Contents;
using Navi.Platform.Data;

namespace Navi.Functions.Checkpoints;

/// <summary>Reads checkpoints.</summary>
public sealed class CheckpointFunctions(CheckpointStore checkpoints, ContentStore contents)
{
    private const int LargestPage = 500;
    private static readonly string[] Statuses = ["pending", "approved", "rejected", "answered", "expired", "cancelled"];

    /// <summary>GET /v1/checkpoints?status=&amp;task=: oldest first, without their diffs.</summary>
    [Function(nameof(ListCheckpoints))]
    [Operation("Checkpoints", "Lists checkpoints, oldest first, without their diffs.")]
    [Query("status", "Only checkpoints in this state.", Values = "pending approved rejected answered expired cancelled")]
    [Query("task", "Only checkpoints of this task.", Format = "uuid")]
    [Answers(200, "The checkpoints, at most 500.", Body = typeof(Page<CheckpointView>), Example = CheckpointExamples.Page)]
    [Refuses(422, "invalid", "A parameter has a value that is not accepted; field names it.")]
    public async Task<IResult> ListCheckpoints([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/checkpoints")] HttpRequest request, FunctionContext context)
    {
        var status = request.Query["status"].ToString() is { Length: > 0 } s ? s : null;
        if (status is not null && !Statuses.Contains(status))
            return Problem.Invalid("status", $"'{Problem.Shown(status)}' is no status.", $"One of {string.Join(", ", Statuses)}.");
        Guid? task = null;
        if (request.Query["task"].ToString() is { Length: > 0 } t)
        {
            if (!Guid.TryParse(t, out var parsed))
                return Problem.Invalid("task", $"'{Problem.Shown(t)}' is no task id.");
            task = parsed;
        }
        var rows = await checkpoints.ListAsync(Scope.Of(AccessMiddleware.PrincipalOf(context).Organisation), status, task, LargestPage, request.HttpContext.RequestAborted);
        return Answer.Json(new Page<CheckpointView>([.. rows.Select(r => CheckpointView.Of(r, null))]));
    }

    /// <summary>GET /v1/checkpoints/{id}: one checkpoint with the diff to review.</summary>
    [Function(nameof(GetCheckpoint))]
    [Operation("Checkpoints", "One checkpoint with the diff to review.")]
    [Answers(200, "The checkpoint.", Body = typeof(CheckpointView))]
    public async Task<IResult> GetCheckpoint([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/checkpoints/{id}")] HttpRequest request, string id, FunctionContext context)
    {
        var organisation = AccessMiddleware.PrincipalOf(context).Organisation;
        var scope = Scope.Of(organisation);
        if (!Guid.TryParse(id, out var checkpoint) || await checkpoints.FindAsync(scope, checkpoint, request.HttpContext.RequestAborted) is not { } row)
            return Problem.NotFound("checkpoint", id);
        var diff = row.DiffDigest is null ? null : await contents.GetAsync(scope, organisation, row.DiffDigest, request.HttpContext.RequestAborted);
        return Answer.Json(CheckpointView.Of(row, diff is null ? null : Encoding.UTF8.GetString(diff)));
    }
}
