using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Engine;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Finds instances and says how they stand.</summary>
internal sealed class QueryStore(NpgsqlDataSource dataSource, HotConnections connections)
{
    private static readonly string Columns =
        $"instance_id, name, status, created_at, updated_at, tags, failure, CASE WHEN $1 THEN {Payloads.Read("instance_id", "input")} END, CASE WHEN $1 THEN {Payloads.Read("instance_id", "output")} END, CASE WHEN $1 THEN custom_status END";

    private static readonly string Find = $"SELECT {Columns} FROM durable.instances WHERE instance_id = $2";

    /// <param name="converter">Given when payloads are wanted, too.</param>
    public async Task<OrchestrationMetadata?> FindAsync(string id, DataConverter? converter, CancellationToken cancellationToken)
    {
        var connection = await connections.RentAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(Find, connection)
            {
                Parameters = { Rows.Flag(converter is not null), Rows.Text(id) },
            };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? Read(reader, converter) : null;
        }
        finally
        {
            await connections.ReturnAsync(connection);
        }
    }

    /// <summary>One page by instance id; the continuation token is the last id of the page.</summary>
    public async Task<Page<OrchestrationMetadata>> ListAsync(OrchestrationQuery query, DataConverter? converter, CancellationToken cancellationToken)
    {
        var size = query.PageSize > 0 ? query.PageSize : OrchestrationQuery.DefaultPageSize;
        await using var command = dataSource.Command(
            $"""
            SELECT {Columns} FROM durable.instances
            WHERE ($2::text IS NULL OR instance_id > $2) AND ($3::text IS NULL OR starts_with(instance_id, $3))
              AND ($4::timestamptz IS NULL OR created_at >= $4) AND ($5::timestamptz IS NULL OR created_at <= $5)
              AND ($6::integer[] IS NULL OR status = ANY($6))
            ORDER BY instance_id LIMIT $7
            """,
            Rows.Flag(converter is not null),
            Rows.Text(query.ContinuationToken),
            Rows.Text(query.InstanceIdPrefix),
            Rows.Time(query.CreatedFrom?.UtcDateTime),
            Rows.Time(query.CreatedTo?.UtcDateTime),
            Rows.Statuses(query.Statuses),
            Rows.Number(size + 1L));
        var found = new List<OrchestrationMetadata>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found.Add(Read(reader, converter));
        return found.Count <= size
            ? new Page<OrchestrationMetadata>(found)
            : new Page<OrchestrationMetadata>(found[..size], found[size - 1].InstanceId);
    }

    /// <summary>One page of ids of ended instances, by id, after <paramref name="after"/>; the continuation token is the last id of the page.</summary>
    public async Task<Page<string>> ListEndedAsync(
        IEnumerable<OrchestrationRuntimeStatus>? statuses, DateTimeOffset? from, DateTimeOffset? to, int size, string? after, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            """
            SELECT instance_id FROM durable.instances
            WHERE status IN (1, 3, 5) AND ($1::text IS NULL OR instance_id > $1) AND ($2::integer[] IS NULL OR status = ANY($2))
              AND ($3::timestamptz IS NULL OR completed_at >= $3) AND ($4::timestamptz IS NULL OR completed_at <= $4)
            ORDER BY instance_id LIMIT $5
            """,
            Rows.Text(after),
            Rows.Statuses(statuses),
            Rows.Time(from?.UtcDateTime),
            Rows.Time(to?.UtcDateTime),
            Rows.Number(size + 1L));
        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) found.Add(reader.GetString(0));
        return found.Count <= size ? new Page<string>(found) : new Page<string>(found[..size], found[size - 1]);
    }

    /// <summary>Tags from the JSON that they are stored as.</summary>
    public static IReadOnlyDictionary<string, string> Tags(string? stored) =>
        stored is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(stored)!;

    private static OrchestrationMetadata Read(NpgsqlDataReader reader, DataConverter? converter) => new(reader.GetString(1), reader.GetString(0))
    {
        RuntimeStatus = (OrchestrationRuntimeStatus)reader.GetInt16(2),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(3),
        LastUpdatedAt = reader.GetFieldValue<DateTimeOffset>(4),
        Tags = Tags(reader.TextOrNull(5)),
        FailureDetails = reader.TextOrNull(6) is { } failure ? Failures.Deserialize(failure) : null,
        DataConverter = converter,
        SerializedInput = reader.TextOrNull(7),
        SerializedOutput = reader.TextOrNull(8),
        SerializedCustomStatus = reader.TextOrNull(9),
    };
}
