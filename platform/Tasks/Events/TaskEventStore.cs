using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Npgsql;

namespace Navi.Platform.Tasks.Events;

/// <summary>Writes and reads the timeline of tasks.</summary>
public sealed class TaskEventStore(NaviDatabase database)
{
    /// <summary>Most characters of data that one reading of a task's events returns beyond its first event: 65,536.</summary>
    public const int MostCharacters = 64 * 1024;

    private const int MostCharactersOfAll = 4 * 1024 * 1024;

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

    /// <summary>Where the task's timeline ends now; null when the scope has no such task.</summary>
    public Task<TimelineEnd?> FindEndAsync(Scope scope, Guid task, CancellationToken cancellation) =>
        database.RunAsync(scope, c => c.QuerySingleOrDefaultAsync<TimelineEnd>(
            "SELECT event_seq AS last, status = 'finished' AS is_finished FROM navi.tasks WHERE id = @task", new { task }), cancellation);

    /// <summary>Events after number <paramref name="after"/>, in order: up to <paramref name="limit"/>, or fewer when they are more than <see cref="MostCharacters"/> together.</summary>
    public Task<List<TaskEvent>> ReadAsync(Scope scope, Guid task, long after, int limit, CancellationToken cancellation) =>
        database.RunAsync(scope, async c =>
        {
            await using var command = new NpgsqlCommand("SELECT 1::bigint, seq, at, type, data::text FROM navi.task_events WHERE task_id = $1 AND seq > $2 ORDER BY seq LIMIT $3", c)
            {
                Parameters = { new() { Value = task }, new() { Value = after }, new() { Value = limit } },
            };
            return (await ReadAsync(command, MostCharacters, cancellation)).Events.ConvertAll(e => e.Event);
        }, cancellation);

    /// <summary>
    /// The events of many tasks after the number that each position names, by one query; of each task in order and up to <paramref name="limit"/>.
    /// It sees every organisation: a position finds only events of the organisation it names.
    /// </summary>
    internal Task<NewEvents> ReadManyAsync(IReadOnlyList<TimelinePosition> positions, int limit, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            // In the order of numbers, so that what is cut off is never followed by a later event of the same task.
            await using var command = new NpgsqlCommand(
                """
                SELECT p.place, e.seq, e.at, e.type, e.data::text
                FROM unnest($1::text[], $2::uuid[], $3::bigint[]) WITH ORDINALITY AS p (org_id, task_id, after, place)
                CROSS JOIN LATERAL (
                  SELECT seq, at, type, data FROM navi.task_events WHERE task_id = p.task_id AND org_id = p.org_id AND seq > p.after ORDER BY seq LIMIT $4
                ) e ORDER BY e.seq
                """, c)
            {
                Parameters =
                {
                    new() { Value = positions.Select(p => p.Organisation).ToArray() }, new() { Value = positions.Select(p => p.Task).ToArray() },
                    new() { Value = positions.Select(p => p.After).ToArray() }, new() { Value = limit },
                },
            };
            var found = await ReadAsync(command, MostCharactersOfAll, cancellation);
            return found with { MayBeMore = found.MayBeMore || found.Events.CountBy(e => e.Place).Any(n => n.Value == limit) };
        }, cancellation);

    private static async Task<NewEvents> ReadAsync(NpgsqlCommand command, int mostCharacters, CancellationToken cancellation)
    {
        var events = new List<(int, TaskEvent)>();
        var size = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var found = new TaskEvent { Seq = reader.GetInt64(1), At = reader.GetDateTime(2), Type = reader.GetString(3), Data = reader.GetString(4) };
            size += found.Data.Length;
            if (size > mostCharacters && events.Count > 0)
                return new NewEvents(events, true);
            events.Add(((int)reader.GetInt64(0) - 1, found));
        }
        return new NewEvents(events, false);
    }
}
