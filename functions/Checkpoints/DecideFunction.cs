using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Orchestrations.Reconciliation;
using Navi.Platform.Checkpoints;
using Navi.Platform.Data;

namespace Navi.Functions.Checkpoints;

/// <summary>POST /v1/checkpoints/{id}/decisions.</summary>
public sealed class DecideFunction(Decisions decisions, OutboxDispatcher dispatcher)
{
    private const int LongestText = 16_384;

    /// <summary>Settles a checkpoint: the row first, then the wake-up. The same decision again is 200 with the same body; another one is 409.</summary>
    [Function(nameof(DecideCheckpoint))]
    [Operation("Checkpoints", "Settles a checkpoint.", Details = "The same decision again is 200 with the same body; another one is refused.")]
    [Body(typeof(DecisionBody), CheckpointExamples.Approve)]
    [Answers(200, "The decision stands.", Body = typeof(DecisionView), Example = CheckpointExamples.Decision)]
    [Refuses(403, "own-request", "The caller asked for this task and may not approve it in this environment.")]
    [Refuses(409, "settled", "Somebody has decided otherwise; the title says who and when.")]
    [Refuses(409, "closed", "The checkpoint has expired or its task has ended.")]
    [Refuses(409, "other-action", "The digest that was shown is not the checkpoint's.")]
    [Refuses(422, "invalid", "A member has a value that is not accepted; field names it.")]
    public async Task<IResult> DecideCheckpoint(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/checkpoints/{id}/decisions")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        var (body, _) = await RequestBody.ReadAsync<DecisionBody>(request);
        if (Invalid(body) is { } invalid)
            return invalid;
        if (!Guid.TryParse(id, out var checkpoint))
            return Problem.NotFound("checkpoint", id);
        var principal = AccessMiddleware.PrincipalOf(context);
        var (outcome, row, message) = await decisions.DecideAsync(
            Scope.Of(principal.Organisation), checkpoint, new DecisionRequest(body.Decision!, body.Reason, body.Answer, body.ActionDigest), principal.User, request.HttpContext.RequestAborted);
        await dispatcher.SendAsync(client, message, CancellationToken.None);
        return outcome switch
        {
            DecisionOutcome.Recorded or DecisionOutcome.Repeated => Answer.Json(DecisionView.Of(row!)),
            DecisionOutcome.NotFound => Problem.NotFound("checkpoint", id),
            DecisionOutcome.Settled => Problem.Of(409, "settled", $"{row!.DecidedBy} has decided '{row.Decision}' at {row.DecidedAt:u}.", "A settled checkpoint is not decided again."),
            DecisionOutcome.Closed => Problem.Of(409, "closed", $"The checkpoint is {row!.Status} since {row.SettledAt:u}.", "Start the task again to be asked again."),
            DecisionOutcome.OwnRequest => Problem.Of(403, "own-request", $"'{principal.User}' asked for this task and may not approve it in {row!.Environment}.", "Somebody else with the role 'approver' must decide."),
            DecisionOutcome.WrongKind => Problem.Invalid("decision", $"'{body.Decision}' does not fit a checkpoint of kind '{row!.Kind}'.", row.Kind == "question" ? "Use respond with an answer, or reject." : "Use approve or reject."),
            DecisionOutcome.OtherAction => Problem.Of(409, "other-action", "The action that was shown is not the one this checkpoint is about.", $"Its action_digest is {row!.ActionDigest}. Read the checkpoint again."),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome}."),
        };
    }

    private static IResult? Invalid(DecisionBody body)
    {
        if (body.Decision is not ("approve" or "reject" or "respond"))
            return Problem.Invalid("decision", $"'{Problem.Shown(body.Decision ?? "")}' is no decision.", "One of approve, reject, respond.");
        if ((body.Decision == "respond") != !string.IsNullOrWhiteSpace(body.Answer))
            return Problem.Invalid("answer", body.Decision == "respond" ? "respond needs an answer." : "Only respond takes an answer.");
        if ((body.Reason?.Length ?? 0) > LongestText || (body.Answer?.Length ?? 0) > LongestText)
            return Problem.Invalid(body.Answer is null ? "reason" : "answer", $"The text is longer than {LongestText} characters.");
        return (body.Reason + body.Answer).Contains('\0', StringComparison.Ordinal) ? Problem.Invalid("reason", "The text has a NUL character.") : null;
    }
}
