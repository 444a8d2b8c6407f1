using Dapper;
using Navi.Platform.Data;
using Npgsql;

namespace Navi.Platform.Outbox;

/// <summary>Messages to the durable backend: written with the row they are about, sent after the commit, re-sent until acknowledged.</summary>
public sealed class OutboxStore(NaviDatabase database)
{
    private const string Columns = "id, org_id, task_id, kind, instance_id, event_name, sends";

    /// <summary>The statement that writes a message and answers with its row, for use among others.</summary>
    internal const string Add =
        $"""
        INSERT INTO navi.outbox (org_id, task_id, checkpoint_id, kind, instance_id, event_name)
        VALUES (@organisation, @task, @checkpoint, CASE WHEN @eventName::text IS NULL THEN 'start' ELSE 'event' END, @instanceId, @eventName) RETURNING {Columns};

        """;

    /// <summary>Writes a message in the caller's transaction and returns it.</summary>
    public static Task<OutboxRow> AddAsync(NpgsqlConnection connection, string organisation, Guid task, Guid? checkpoint, string instanceId, string? eventName) =>
        connection.QuerySingleAsync<OutboxRow>(Add, new { organisation, task, checkpoint, instanceId, eventName });

    /// <summary>The orchestration has seen it: every open message of this target is done. In the caller's transaction.</summary>
    public static Task AcknowledgeAsync(NpgsqlConnection connection, Guid task, string instanceId) =>
        connection.ExecuteAsync("UPDATE navi.outbox SET acknowledged_at = now() WHERE task_id = @task AND instance_id = @instanceId AND acknowledged_at IS NULL", new { task, instanceId });

    /// <summary>Open messages last sent, or made, longer ago than <paramref name="age"/>; the longest untried first.</summary>
    public Task<List<OutboxRow>> OpenAsync(TimeSpan age, int limit, CancellationToken cancellation) =>
        database.QueryAsync<OutboxRow>(
            Scope.System, $"SELECT {Columns} FROM navi.outbox WHERE acknowledged_at IS NULL AND coalesce(sent_at, created_at) <= now() - @age ORDER BY coalesce(sent_at, created_at), id LIMIT @limit",
            new { age, limit }, cancellation);

    /// <summary>Notes an attempt to send.</summary>
    public Task SentAsync(long id, string? error, CancellationToken cancellation) =>
        database.QueryAsync<long>(Scope.System, "UPDATE navi.outbox SET sent_at = now(), sends = sends + 1, last_error = @error WHERE id = @id RETURNING id", new { id, error }, cancellation);

    /// <summary>The target has ended and will never acknowledge: the message is closed with the reason.</summary>
    public Task CloseAsync(long id, string reason, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, c => c.ExecuteAsync(
            "UPDATE navi.outbox SET acknowledged_at = now(), last_error = @reason WHERE id = @id AND acknowledged_at IS NULL", new { id, reason }), cancellation);
}
