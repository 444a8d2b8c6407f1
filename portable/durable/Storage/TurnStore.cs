using Navi.Portable.Durable.Engine;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Writes turns: each whole, or nothing of it when its claim was lost.</summary>
internal sealed class TurnStore(NpgsqlDataSource dataSource, HotConnections connections, DatabaseClock clock)
{
    /// <summary>Writes plain turns in one transaction.</summary>
    /// <param name="writes">No instance twice.</param>
    /// <returns>For each turn, in the given order, what was written; null when its claim was lost.</returns>
    public async Task<TurnCommit?[]> CommitAsync(IReadOnlyList<TurnWrite> writes, long worker, CancellationToken cancellationToken)
    {
        TurnWrite[] sorted = [.. writes.OrderBy(write => write.Result.Instance.InstanceId, StringComparer.Ordinal)];
        var written = new Dictionary<string, (List<ClaimedActivity> Activities, DateTime At)>(writes.Count);
        var calls = new List<(string Id, int Task, long Activity)>();
        var connection = await connections.RentAsync(cancellationToken);
        try
        {
            await using var batch = new NpgsqlBatch(connection);
            if (sorted is [var only]) SingleStatement.Add(batch, only, worker);
            else GroupStatement.Add(batch, sorted, worker);
            await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    if (reader.IsDBNull(1))
                    {
                        written.Add(reader.GetString(0), ([], reader.GetDateTime(4)));
                        clock.Saw(reader.GetDateTime(3));
                    }
                    else
                    {
                        calls.Add((reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2)));
                    }
                }
            }
        }
        finally
        {
            await connections.ReturnAsync(connection);
        }
        foreach (var (id, task, activity) in calls)
        {
            var turn = Array.Find(sorted, write => write.Result.Instance.InstanceId == id)!.Result;
            written[id].Activities.Add(Claimed(activity, turn.Instance, turn.Decisions.OfType<ActivityDecision>().First(call => call.TaskId == task)));
        }
        return [.. writes.Select(write => written.TryGetValue(write.Result.Instance.InstanceId, out var done) ? new TurnCommit(done.Activities, done.At) : null)];
    }

    /// <summary>Writes a turn that touches other instances, too, in a transaction of its own.</summary>
    /// <returns>What was written; null when the claim was lost and nothing is.</returns>
    public async Task<TurnCommit?> CommitAsync(TurnWrite write, long worker, CancellationToken cancellationToken)
    {
        var turn = write.Result;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var fence = new NpgsqlBatch(connection, transaction))
        {
            TurnStatements.AddInstance(fence, turn, worker, write.Keep);
            if (await fence.ExecuteNonQueryAsync(cancellationToken) == 0) return null;
        }
        await using var batch = new NpgsqlBatch(connection, transaction);
        ActivityDecision[] activities = [.. turn.Decisions.OfType<ActivityDecision>()];
        // First in the batch, so that the claimed rows are the first result.
        if (activities.Length > 0) TurnStatements.AddActivities(batch, turn.Instance, activities, worker, write.LocalActivities);
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
                if (reader.GetBoolean(2)) claimed.Add(Claimed(reader.GetInt64(0), turn.Instance, activities.First(call => call.TaskId == reader.GetInt32(1))));
            }
            // Errors of the later statements come with their results.
            while (await reader.NextResultAsync(cancellationToken))
            {
            }
        }
        await transaction.CommitAsync(cancellationToken);
        return new TurnCommit(claimed, null);
    }

    /// <summary>Gives claims back without having changed anything.</summary>
    public async Task ReleaseAsync(IReadOnlyList<InstanceClaim> instances, long worker, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            """
            UPDATE durable.instances i SET worker_id = NULL, lease_until = NULL FROM unnest($2, $3, $4) AS g (instance_id, incarnation, epoch)
            WHERE i.instance_id = g.instance_id AND i.incarnation = g.incarnation AND i.worker_id = $1 AND i.epoch = g.epoch
            """,
            Rows.Number(worker),
            Rows.Texts(instances.Select(instance => instance.InstanceId)),
            Rows.Numbers(instances.Select(instance => instance.Incarnation)),
            Rows.Numbers(instances.Select(instance => instance.Epoch)));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static ClaimedActivity Claimed(long id, ClaimedInstance instance, ActivityDecision call) =>
        new(id, instance.InstanceId, instance.Incarnation, instance.Execution, call.TaskId, call.Name!, call.Version, call.Input, 1);
}
