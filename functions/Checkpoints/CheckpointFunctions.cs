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
    private const string States = "pending approved rejected answered expired cancelled";

    /// <summary>GET /v1/checkpoints?status=&amp;task=: oldest first, without their diffs.</summary>
    [Function(nameof(ListCheckpoints))]
    [Operation("Checkpoints", "Lists checkpoints, oldest first, without their diffs.")]
    [Query("status", "Only checkpoints in this state.", Values = States)]
    [Query("task", "Only checkpoints of this task.", Format = "uuid")]
    [Query("limit", "Most checkpoints of a page.", Type = "integer", Minimum = 1, Maximum = LargestPage, Default = "500")]
    [Query("cursor", "The value of next from the page before.")]
    [Answers(200, "A page.", Body = typeof(Page<CheckpointView>), Example = CheckpointExamples.Page)]
    [Refuses(422, "invalid", "A parameter has a value that is not accepted; field names it.")]
    public async Task<IResult> ListCheckpoints([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/checkpoints")] HttpRequest request, FunctionContext context)
    {
        var query = new QueryReader(request);
        query.Only("status", "task", "limit", "cursor");
        var limit = query.Limit(LargestPage, LargestPage);
        var rows = await checkpoints.ListAsync(
            Scope.Of(AccessMiddleware.PrincipalOf(context).Organisation), query.OneOf("status", States.Split(' ')), query.Id("task", "task"), limit + 1, request.HttpContext.RequestAborted, query.Cursor());
        return Answer.Json(Page<CheckpointView>.Of(rows, limit, r => CheckpointView.Of(r, null), r => r.Id.ToString()));
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
