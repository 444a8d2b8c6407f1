using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Engine;
using Npgsql;
using System.Text.Json;

namespace Navi.Portable.Durable.Storage;

/// <summary>Starts instances and sends them messages.</summary>
internal sealed class ClientStore(NpgsqlDataSource dataSource)
{
    private static readonly string[] RunningStatuses =
        [nameof(OrchestrationRuntimeStatus.Pending), nameof(OrchestrationRuntimeStatus.Running), nameof(OrchestrationRuntimeStatus.Suspended)];

    /// <summary>Stores a new instance and its start. Throws <see cref="OrchestrationAlreadyExistsException"/> when the id is taken by one that must stay.</summary>
    public async Task StartAsync(string id, string name, string? input, StartOrchestrationOptions? options, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        while (!await TryInsertAsync(connection, id, name, input, options, cancellationToken)) await MakeRoomAsync(connection, id, options, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Adds a message unless the instance has ended; answers the instance's status, null when there is none.</summary>
    public async Task<OrchestrationMetadata?> SendAsync(string id, MessageKind kind, string? name, string? payload, CancellationToken cancellationToken)
    {
        // An instance that waits for its start time hears a termination now.
        await using var command = dataSource.Command(
            """
            WITH hurried AS (
              UPDATE durable.instances SET not_before = now() WHERE $2 = 10 AND instance_id = $1 AND status = 6 AND not_before > now()
            ), sent AS (
              INSERT INTO durable.inbox (instance_id, incarnation, kind, name, payload)
              SELECT instance_id, incarnation, $2, $3, $4 FROM durable.instances WHERE instance_id = $1 AND status NOT IN (1, 3, 5)
            )
            SELECT name, status FROM durable.instances WHERE instance_id = $1
            """,
            Rows.Text(id),
            Rows.Integer((int)kind),
            Rows.Text(name),
            Rows.Text(payload));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new OrchestrationMetadata(reader.GetString(0), id) { RuntimeStatus = (OrchestrationRuntimeStatus)reader.GetInt16(1) }
            : null;
    }

    private static async Task<bool> TryInsertAsync(
        NpgsqlConnection connection, string id, string name, string? input, StartOrchestrationOptions? options, CancellationToken cancellationToken)
    {
        await using var insert = new NpgsqlCommand(
            """
            WITH made AS (
              INSERT INTO durable.instances (instance_id, name, version, input, tags, not_before)
              VALUES ($1, $2, $3, $4, $5, coalesce($6, now())) ON CONFLICT (instance_id) DO NOTHING
              RETURNING instance_id, incarnation, execution, not_before
            )
            INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, visible_at)
            SELECT instance_id, incarnation, execution, 1, not_before FROM made
            """,
            connection)
        {
            Parameters =
            {
                Rows.Text(id),
                Rows.Text(name),
                Rows.Text(options?.Version?.Version ?? string.Empty),
                Rows.Text(input),
                Rows.Text(options?.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags) : null),
                Rows.Time(options?.StartAt?.UtcDateTime),
            },
        };
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task MakeRoomAsync(NpgsqlConnection connection, string id, StartOrchestrationOptions? options, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand("SELECT status FROM durable.instances WHERE instance_id = $1 FOR UPDATE", connection) { Parameters = { Rows.Text(id) } };
        if (await find.ExecuteScalarAsync(cancellationToken) is not short number) return;
        var status = ((OrchestrationRuntimeStatus)number).ToString();
        if ((options?.DedupeStatuses ?? RunningStatuses).Contains(status, StringComparer.OrdinalIgnoreCase))
            throw new OrchestrationAlreadyExistsException($"An orchestration with the instance id '{id}' is already there ({status}).");
        await using var drop = new NpgsqlCommand("SELECT durable.drop_instances(ARRAY[$1])", connection) { Parameters = { Rows.Text(id) } };
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }
}
