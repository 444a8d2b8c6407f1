using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Npgsql;

namespace Navi.Platform.Tasks.Events;

/// <summary>Writes and reads the timeline of tasks.</summary>
public sealed class TaskEventStore(NaviDatabase database)
{
    /// <summary>The statement that appends an event, for use among others.</summary>
    internal const string Append =
        """
        WITH next AS (UPDATE navi.tasks SET event_seq = event_seq + 1 WHERE id = @task RETURNING org_id, event_seq)
        INSERT INTO navi.task_events (org_id, task_id, seq, type, data) SELECT org_id, @task, event_seq, @type, @json::jsonb FROM next;

        """;

    /// <summary>
    /// Appends an event in the caller's transaction. The number comes from the task's own row, whose lock is held until commit,
    /// so numbers are in commit order and a reader that remembers the last one misses nothing.
    /// </summary>
    public static Task AppendAsync<T>(NpgsqlConnection connection, Guid task, string type, T data) =>
        connection.ExecuteAsync(Append, new { task, type, json = NaviJson.Write(data) });

    /// <summary>Up to <paramref name="limit"/> events after number <paramref name="after"/>, in order.</summary>
    public Task<List<TaskEvent>> ReadAsync(Scope scope, Guid task, long after, int limit, CancellationToken cancellation) =>
        database.QueryAsync<TaskEvent>(
            scope, "SELECT seq, at, type, data::text AS data FROM navi.task_events WHERE task_id = @task AND seq > @after ORDER BY seq LIMIT @limit", new { task, after, limit }, cancellation);
}
