using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Engine;
using Npgsql;
using System.Text.Json;

namespace Navi.Portable.Durable.Storage;

/// <summary>Starts instances and sends them messages.</summary>
internal sealed class ClientStore(NpgsqlDataSource dataSource, HotConnections connections)
{
    // An inbox that holds more is read by the turn.
    private const int MostTold = 16;

    private static readonly string[] RunningStatuses =
        [nameof(OrchestrationRuntimeStatus.Pending), nameof(OrchestrationRuntimeStatus.Running), nameof(OrchestrationRuntimeStatus.Suspended)];

    /// <summary>Stores a new instance and its start. Throws <see cref="OrchestrationAlreadyExistsException"/> when the id is taken by one that must stay.</summary>
    /// <param name="worker">The worker that is to keep it from the beginning; null leaves it to whoever looks for work.</param>
    /// <returns>The instance and its start message when that worker has it; else null.</returns>
    public async Task<(ClaimedInstance Instance, InboxMessage Start)?> StartAsync(
        string id, string name, string? input, StartOrchestrationOptions? options, long? worker, CancellationToken cancellationToken)
    {
        var made = await TryInsertAsync(id, name, input, options, worker, cancellationToken);
        if (made is not null) return made.Value.Claimed;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        do
        {
            await MakeRoomAsync(connection, id, options, cancellationToken);
            made = await InsertAsync(connection, id, name, input, options, worker, cancellationToken);
        }
        while (made is null);
        await transaction.CommitAsync(cancellationToken);
        return made.Value.Claimed;
    }

    /// <summary>Adds a message unless the instance has ended.</summary>
    /// <param name="look">Whether to read all that the instance's inbox then holds, up to a bound.</param>
    public async Task<SentMessage> SendAsync(string id, MessageKind kind, string? name, string? payload, bool look, CancellationToken cancellationToken)
    {
        var connection = await connections.RentAsync(cancellationToken);
        try
        {
            return await SendAsync(connection, id, kind, name, payload, look, cancellationToken);
        }
        finally
        {
            await connections.ReturnAsync(connection);
        }
    }

    private static async Task<SentMessage> SendAsync(
        NpgsqlConnection connection, string id, MessageKind kind, string? name, string? payload, bool look, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        // An instance that waits for its start time hears a termination now.
        batch.Add(
            $"""
            WITH hurried AS (
              UPDATE durable.instances SET not_before = now() WHERE $2 = 10 AND instance_id = $1 AND status = 6 AND not_before > now()
            ), sent AS (
              INSERT INTO durable.inbox (instance_id, incarnation, kind, name, payload)
              SELECT instance_id, incarnation, $2, $3, {Payloads.Keep("instance_id", "$4")} FROM durable.instances WHERE instance_id = $1 AND status NOT IN (1, 3, 5)
            )
            SELECT status, worker_id, now() FROM durable.instances WHERE instance_id = $1
            """,
            Rows.Text(id),
            Rows.Integer((int)kind),
            Rows.Text(name),
            Rows.Text(payload));
        if (look)
            batch.Add($"SELECT {InstanceStore.MessageColumns} FROM durable.inbox WHERE instance_id = $1 AND visible_at <= now() AND incarnation = (SELECT incarnation FROM durable.instances WHERE instance_id = $1) LIMIT {MostTold + 1}", Rows.Text(id));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return new SentMessage(null, null, default, null);
        var (status, worker, now) = ((OrchestrationRuntimeStatus)reader.GetInt16(0), reader.IsDBNull(1) ? (long?)null : reader.GetInt64(1), reader.GetDateTime(2));
        if (!look) return new SentMessage(status, worker, now, null);
        await reader.NextResultAsync(cancellationToken);
        var inbox = new List<(InboxMessage, DateTime)>();
        while (await reader.ReadAsync(cancellationToken)) inbox.Add(InstanceStore.Message(reader));
        return new SentMessage(status, worker, now, inbox.Count > MostTold ? null : InboxOrder.Sort(inbox));
    }

    private async Task<(bool Made, (ClaimedInstance, InboxMessage)? Claimed)?> TryInsertAsync(
        string id, string name, string? input, StartOrchestrationOptions? options, long? worker, CancellationToken cancellationToken)
    {
        var connection = await connections.RentAsync(cancellationToken);
        try
        {
            return await InsertAsync(connection, id, name, input, options, worker, cancellationToken);
        }
        finally
        {
            await connections.ReturnAsync(connection);
        }
    }

    // Null when the id is taken.
    private static async Task<(bool Made, (ClaimedInstance, InboxMessage)? Claimed)?> InsertAsync(
        NpgsqlConnection connection, string id, string name, string? input, StartOrchestrationOptions? options, long? worker, CancellationToken cancellationToken)
    {
        var version = options?.Version?.Version ?? string.Empty;
        var tags = options?.Tags is { Count: > 0 } given ? JsonSerializer.Serialize(given) : null;
        await using var insert = new NpgsqlCommand(
            $"""
            WITH made AS (
              INSERT INTO durable.instances (instance_id, name, version, input, tags, not_before, worker_id, epoch)
              SELECT $1, $2, $3, {Payloads.Keep("$1", "$4")}, $5, coalesce($6, now()), (SELECT worker_id FROM durable.workers WHERE worker_id = $7), 1
              WHERE NOT EXISTS (SELECT 1 FROM durable.instances WHERE instance_id = $1)
              ON CONFLICT (instance_id) DO NOTHING
              RETURNING instance_id, incarnation, execution, not_before, worker_id
            ), told AS (
              INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, visible_at)
              SELECT instance_id, incarnation, execution, 1, not_before FROM made
              RETURNING message_id
            )
            SELECT incarnation, worker_id IS NOT NULL, message_id, now() FROM made, told
            """,
            connection)
        {
            Parameters =
            {
                Rows.Text(id),
                Rows.Text(name),
                Rows.Text(version),
                Rows.Text(input),
                Rows.Text(tags),
                Rows.Time(options?.StartAt?.UtcDateTime),
                Rows.Number(worker),
            },
        };
        await using var reader = await insert.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        if (!reader.GetBoolean(1)) return (true, null);
        var instance = new ClaimedInstance(id, reader.GetInt64(0), name, version, InstanceStatus.Pending, 1, 0, input, null, 1, reader.GetDateTime(3)) { CreatedAt = reader.GetDateTime(3), Tags = tags };
        return (true, (instance, new InboxMessage(reader.GetInt64(2), MessageKind.Start, 1, null, null, null, null)));
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
