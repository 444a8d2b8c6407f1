using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Outbox;
using Npgsql;

namespace Navi.Platform.Checkpoints;

/// <summary>The people's side of a checkpoint: one decision settles it, under the row's lock, and wakes the orchestration afterwards.</summary>
public sealed class Decisions(NaviDatabase database)
{
    /// <summary>Receives a decision of <paramref name="person"/>.</summary>
    /// <returns>The outcome, the row as it now stands, and the message to send; null for none.</returns>
    public Task<(DecisionOutcome Outcome, CheckpointRow? Row, OutboxRow? Message)> DecideAsync(Scope scope, Guid id, DecisionRequest request, string person, CancellationToken cancellation) =>
        database.RunAsync(scope, async c =>
        {
            var row = await CheckpointStore.ReadAsync(c, id, forUpdate: true);
            if (row is null)
                return (DecisionOutcome.NotFound, (CheckpointRow?)null, (OutboxRow?)null);
            if (row.Status == "pending" && row.Overdue)
            {
                await CheckpointStore.ExpireAsync(c, id);
                var wake = await OutboxStore.AddAsync(c, row.OrgId, row.TaskId, id, row.InstanceId, row.EventName);
                return (DecisionOutcome.Closed, await CheckpointStore.ReadAsync(c, id), wake);
            }
            if (Refusal(row, request, person) is { } refusal)
                return (refusal, row, null);
            var (settled, message) = await RecordAsync(c, row, request, person);
            return (DecisionOutcome.Recorded, settled, message);
        }, cancellation);

    /// <summary>Writes the decision, settles the row and adds the wake-up, in the caller's transaction; the checks are behind the caller.</summary>
    /// <returns>The row as it now stands, and the message to send.</returns>
    internal static async Task<(CheckpointRow Row, OutboxRow Message)> RecordAsync(NpgsqlConnection connection, CheckpointRow row, DecisionRequest request, string person)
    {
        await using var answers = await connection.QueryMultipleAsync(
            $"""
            INSERT INTO navi.checkpoint_decisions (org_id, checkpoint_id, decision, reason, answer, action_digest, decided_by, decided_at, self_approved)
            VALUES (@organisation, @id, @Decision, @Reason, @Answer, @ActionDigest, @person, clock_timestamp(), @own);
            UPDATE navi.checkpoints SET status = @status, settled_at = clock_timestamp() WHERE id = @id AND status = 'pending';
            {OutboxStore.Add}
            {CheckpointStore.SelectOne}
            """,
            new
            {
                organisation = row.OrgId, id = row.Id, checkpoint = row.Id, task = row.TaskId, row.InstanceId, row.EventName, row.ActionDigest,
                request.Decision, request.Reason, request.Answer, person, own = request.Decision == "approve" && person == row.Requester,
                status = request.Decision switch { "approve" => "approved", "reject" => "rejected", _ => "answered" },
            });
        var message = await answers.ReadSingleAsync<OutboxRow>();
        return (await answers.ReadSingleAsync<CheckpointRow>(), message);
    }

    private static DecisionOutcome? Refusal(CheckpointRow row, DecisionRequest request, string person)
    {
        if (row.Decision is not null)
            return row.DecidedBy == person && row.Decision == request.Decision && row.DecisionReason == request.Reason && row.Answer == request.Answer
                ? DecisionOutcome.Repeated
                : DecisionOutcome.Settled;
        if (row.Status != "pending")
            return DecisionOutcome.Closed;
        if (request.Decision == "respond" ? row.Kind != "question" : request.Decision == "approve" && row.Kind == "question")
            return DecisionOutcome.WrongKind;
        if (request.ActionDigest is { } seen && seen != row.ActionDigest)
            return DecisionOutcome.OtherAction;
        // Rejecting one's own request is always allowed: it can only stop.
        return request.Decision == "approve" && person == row.Requester && row.Environment != "Local" ? DecisionOutcome.OwnRequest : null;
    }
}
