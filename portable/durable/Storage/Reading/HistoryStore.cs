using Navi.Portable.Durable.Engine;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Reads histories for people, apart from the turns.</summary>
internal sealed class HistoryStore(NpgsqlDataSource dataSource)
{
    /// <summary>The current execution's history; null when there is no such instance.</summary>
    public async Task<IReadOnlyList<HistoryEvent>?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command(
            $"""
            SELECT h.kind, h.task_id, h.name, {Payloads.Read("h.instance_id", "h.payload")}, h.failure, h.at FROM durable.instances i
            LEFT JOIN durable.history h ON h.instance_id = i.instance_id AND h.incarnation = i.incarnation AND h.execution = i.execution
            WHERE i.instance_id = $1 ORDER BY h.position
            """,
            Rows.Text(id));
        List<HistoryEvent>? events = null;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            events ??= [];
            if (reader.IsDBNull(0)) continue;
            events.Add(new HistoryEvent(
                (EventKind)reader.GetInt16(0),
                reader.IntegerOrNull(1),
                reader.TextOrNull(2),
                reader.TextOrNull(3),
                reader.TextOrNull(4),
                reader.GetDateTime(5)));
        }
        return events;
    }
}
