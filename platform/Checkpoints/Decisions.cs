using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Outbox;
using Npgsql;

namespace Navi.Platform.Checkpoints;

/// <summary>The people's side of a checkpoint: one decision settles it, under the row's lock, and wakes the orchestration afterwards.</summary>
public sealed class Decisions(NaviDatabase database)
{
    /// <summary>Receives a decision of <paramref name="person"/>.</summary>
    /// <returns>The outcome, the row as it now stands, and the outbox message to send (0 for none).</returns>
    public Task<(DecisionOutcome Outcome, CheckpointRow? Row, long Outbox)> DecideAsync(Scope scope, Guid id, DecisionRequest request, string person, CancellationToken cancellation) =>
        database.RunAsync(scope, async c =>
        {
            var row = await CheckpointStore.ReadAsync(c, id, forUpdate: true);
            if (row is null)
                return (DecisionOutcome.NotFound, null, 0L);
            if (row.Status == "pending" && row.Overdue)
            {
                await CheckpointStore.ExpireAsync(c, id);
                var wake = await OutboxStore.AddAsync(c, row.OrgId, row.TaskId, id, row.InstanceId, row.EventName);
                return (DecisionOutcome.Closed, await CheckpointStore.ReadAsync(c, id), wake);
            }
            if (Refusal(row, request, person) is { } refusal)
                return (refusal, row, 0L);
            var outbox = await RecordAsync(c, row, request, person);
            return (DecisionOutcome.Recorded, await CheckpointStore.ReadAsync(c, id), outbox);
        }, cancellation);

    /// <summary>Writes the decision, settles the row and adds the wake-up, in the caller's transaction; the checks are behind the caller.</summary>
    internal static async Task<long> RecordAsync(NpgsqlConnection connection, CheckpointRow row, DecisionRequest request, string person)
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO navi.checkpoint_decisions (org_id, checkpoint_id, decision, reason, answer, action_digest, decided_by, decided_at, self_approved)
            VALUES (@OrgId, @Id, @Decision, @Reason, @Answer, @ActionDigest, @person, clock_timestamp(), @own)
            """,
            new { row.OrgId, row.Id, request.Decision, request.Reason, request.Answer, row.ActionDigest, person, own = request.Decision == "approve" && person == row.Requester });
        await connection.ExecuteAsync(
            "UPDATE navi.checkpoints SET status = @status, settled_at = clock_timestamp() WHERE id = @Id AND status = 'pending'",
            new { row.Id, status = request.Decision switch { "approve" => "approved", "reject" => "rejected", _ => "answered" } });
        return await OutboxStore.AddAsync(connection, row.OrgId, row.TaskId, row.Id, row.InstanceId, row.EventName);
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
