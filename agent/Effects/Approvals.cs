using Dapper;
using Navi.Platform.Json;
using Navi.Platform.Tasks;
using Npgsql;

namespace Navi.Agent.Effects;

/// <summary>Reads a call's gate at the moment of execution. An approval is consumed in the transaction that writes the intent.</summary>
internal static class Approvals
{
    /// <summary>Null when the call is approved and may run; else the result it gets without running (a person's answer is no error).</summary>
    /// <exception cref="InvalidOperationException">The gate is still open, or there is none: the orchestration must wait for it first.</exception>
    public static async Task<StoredResult?> RefusalAsync(NpgsqlConnection connection, LedgerRow call, TaskRow owner)
    {
        var gate = await connection.QuerySingleOrDefaultAsync<Gate>(
            """
            SELECT c.status, c.action_digest, c.consumed_at, d.decided_by, d.reason, d.answer
            FROM navi.checkpoints c LEFT JOIN navi.checkpoint_decisions d ON d.checkpoint_id = c.id WHERE c.id = @CheckpointId FOR UPDATE OF c
            """, new { call.CheckpointId });
        switch (gate?.Status)
        {
            case "rejected":
                return new StoredResult($"Rejected by {gate.DecidedBy}: {gate.Reason ?? "no reason given"}. Do not try the same again.", true, null);
            case "answered":
                return new StoredResult(gate.Answer!, false, NaviJson.Write(new { gate.Answer, By = gate.DecidedBy }));
            case "expired" or "cancelled":
                return new StoredResult($"Not approved: the checkpoint is {gate.Status}.", true, null);
            case "approved":
                break;
            default:
                throw new InvalidOperationException($"Call {call.CallId} of task {call.TaskId} needs an approval and its checkpoint is {gate?.Status ?? "not open"}.");
        }
        // A second attempt of the call that consumed the approval is the same action; any other use is not.
        var commit = call.ParentCommit ?? owner.HeadCommit;
        if (CanonicalJson.Digest(ActionDocument.OfCall(call, owner.Repository, commit)) != gate.ActionDigest || (gate.ConsumedAt is not null && call.Status == "planned"))
            return new StoredResult("Not run: the action is no longer the one that was approved. Ask again.", true, null);
        await connection.ExecuteAsync("UPDATE navi.checkpoints SET consumed_at = coalesce(consumed_at, now()) WHERE id = @CheckpointId", new { call.CheckpointId });
        return null;
    }

    private sealed class Gate
    {
        public string Status { get; init; } = "";
        public string ActionDigest { get; init; } = "";
        public DateTime? ConsumedAt { get; init; }
        public string? DecidedBy { get; init; }
        public string? Reason { get; init; }
        public string? Answer { get; init; }
    }
}
