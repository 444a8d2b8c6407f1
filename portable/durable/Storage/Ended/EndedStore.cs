using Microsoft.DurableTask.Client;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Sets instances that have ended to work again. Each call holds the instance's row from looking at it to changing it.</summary>
internal sealed class EndedStore(NpgsqlDataSource dataSource)
{
    /// <summary>Opens the instance again if it failed; answers the status it had, null when there is none.</summary>
    public async Task<OrchestrationRuntimeStatus?> RewindAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(connection, id, cancellationToken) is not { } found) return null;
        if (found.Status != OrchestrationRuntimeStatus.Failed) return found.Status;
        await using var batch = new NpgsqlBatch(connection, transaction);
        RewindStatements.AddReopening(batch, id, reason);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return found.Status;
    }

    /// <summary>
    /// Starts the instance again under the new id, in place of itself when that is its own and it has ended. Answers the status it had,
    /// null when there is none.
    /// </summary>
    public async Task<OrchestrationRuntimeStatus?> RestartAsync(string id, string newId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(connection, id, cancellationToken) is not { } found) return null;
        if (id == newId && !found.HasEnded) return found.Status;
        var input = await InputAsync(connection, id, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        if (id == newId)
        {
            batch.Add("SELECT durable.drop_instances(ARRAY[$1])", Rows.Text(id));
        }
        batch.Add(
            $"""
            WITH made AS (
              INSERT INTO durable.instances (instance_id, name, version, input, tags) VALUES ($1, $2, $3, {Payloads.Keep("$1", "$4")}, $5) RETURNING instance_id, incarnation, execution
            )
            INSERT INTO durable.inbox (instance_id, incarnation, execution, kind) SELECT instance_id, incarnation, execution, 1 FROM made
            """,
            Rows.Text(newId),
            Rows.Text(found.Name),
            Rows.Text(found.Version),
            Rows.Text(input),
            Rows.Text(found.Tags));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return found.Status;
    }

    private static async Task<Found?> LockAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using (var find = new NpgsqlCommand(
                "SELECT status, name, version, tags FROM durable.instances WHERE instance_id = $1 FOR UPDATE", connection) { Parameters = { Rows.Text(id) } })
            {
                await using var reader = await find.ExecuteReaderAsync(cancellationToken);
                if (await reader.ReadAsync(cancellationToken))
                    return new Found((OrchestrationRuntimeStatus)reader.GetInt16(0), reader.GetString(1), reader.GetString(2), reader.TextOrNull(3));
            }
            // The row that was waited for may have given way to a new one of the same id.
            await using var again = new NpgsqlCommand("SELECT 1 FROM durable.instances WHERE instance_id = $1", connection) { Parameters = { Rows.Text(id) } };
            if (await again.ExecuteScalarAsync(cancellationToken) is null) return null;
        }
    }

    // Under the row's lock, and after it: what the lock waited for may have put another input away.
    private static async Task<string?> InputAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand($"SELECT {Payloads.Read("instance_id", "input")} FROM durable.instances WHERE instance_id = $1", connection)
        {
            Parameters = { Rows.Text(id) },
        };
        return await read.ExecuteScalarAsync(cancellationToken) as string;
    }

    private sealed record Found(OrchestrationRuntimeStatus Status, string Name, string Version, string? Tags)
    {
        public bool HasEnded => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
    }
}
