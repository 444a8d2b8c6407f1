using Navi.Portable.Durable.Engine;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Writes a turn: all of it in one transaction, or nothing when the claim was lost.</summary>
internal sealed class TurnStore(NpgsqlDataSource dataSource)
{
    /// <param name="localActivities">How many of the turn's activities this worker claims for itself at once.</param>
    /// <returns>The activities claimed for this worker; null when the claim was lost and nothing is written.</returns>
    public async Task<IReadOnlyList<ClaimedActivity>?> CommitAsync(
        TurnResult turn, long worker, int localActivities, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var fence = new NpgsqlBatch(connection, transaction))
        {
            TurnStatements.AddInstance(fence, turn, worker);
            if (await fence.ExecuteNonQueryAsync(cancellationToken) == 0) return null;
        }
        await using var batch = new NpgsqlBatch(connection, transaction);
        ActivityDecision[] activities = [.. turn.Decisions.OfType<ActivityDecision>()];
        // First in the batch, so that the claimed rows are the first result.
        if (activities.Length > 0) TurnStatements.AddActivities(batch, turn.Instance, activities, worker, localActivities, lease);
        TurnStatements.AddHistory(batch, turn);
        TurnStatements.AddInbox(batch, turn);
        TurnStatements.AddTimers(batch, turn);
        foreach (var decision in turn.Decisions) TurnStatements.AddMessage(batch, turn.Instance, decision);
        if (turn.IsTerminal) TurnStatements.AddEnd(batch, turn);
        var claimed = new List<ClaimedActivity>();
        if (batch.BatchCommands.Count > 0)
        {
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            while (activities.Length > 0 && await reader.ReadAsync(cancellationToken))
            {
                if (!reader.GetBoolean(2)) continue;
                var decision = activities.First(activity => activity.TaskId == reader.GetInt32(1));
                claimed.Add(new ClaimedActivity(
                    reader.GetInt64(0), turn.Instance.InstanceId, decision.TaskId, decision.Name!, decision.Version, decision.Input, 1));
            }
            // Errors of the later statements come with their results.
            while (await reader.NextResultAsync(cancellationToken))
            {
            }
        }
        await transaction.CommitAsync(cancellationToken);
        return claimed;
    }

    /// <summary>Gives the claim back without having changed anything.</summary>
    public async Task ReleaseAsync(ClaimedInstance instance, long worker, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            "UPDATE durable.instances SET worker_id = NULL, lease_until = NULL WHERE instance_id = $1 AND incarnation = $2 AND worker_id = $3 AND epoch = $4",
            Rows.Text(instance.InstanceId),
            Rows.Number(instance.Incarnation),
            Rows.Number(worker),
            Rows.Number(instance.Epoch));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
