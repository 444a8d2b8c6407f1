using Navi.Portable.Durable.Engine;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Claims instances that have something to do, and reads what a turn needs.</summary>
internal sealed class InstanceStore(NpgsqlDataSource dataSource, HotConnections connections, DatabaseClock clock)
{
    /// <summary>What <see cref="Message"/> reads, in its order.</summary>
    public static readonly string MessageColumns = $"message_id, kind, execution, task_id, name, {Payloads.Read("instance_id", "payload")}, failure, visible_at";

    // Suspended instances hear only suspend, resume and terminate (kinds 8 to 10).
    private const string IsDue = "i.status IN (0, 6, 7) AND i.not_before <= now() AND (i.status <> 7 OR m.kind >= 8)";

    // Messages, the oldest, that a look for work takes into account at first: with many waiting, to see them all would take longer than to serve them.
    private const int FirstLook = 500;

    // A bound for one turn's memory; what is left over is the next turn's.
    private const int MessagesPerTurn = 1000;

    /// <summary>
    /// Claims up to <paramref name="count"/> instances that nobody keeps and that have visible messages, those that wait longest first;
    /// and names the instances of this worker that have some.
    /// </summary>
    /// <param name="versions">Of the instances to claim; null for any.</param>
    public async Task<(IReadOnlyList<ClaimedInstance> Claimed, IReadOnlyList<string> Addressed)> ClaimAsync(
        long worker, int count, IReadOnlyList<string>? versions, CancellationToken cancellationToken)
    {
        var most = FirstLook + (2 * count);
        var (claimed, addressed, seen) = await LookAsync(worker, count, versions, most, cancellationToken);
        // More is waiting than was looked at, and what was is others', or not for this worker to take.
        if (seen == most && claimed.Count == 0 && count > 0) (claimed, addressed, _) = await LookAsync(worker, count, versions, null, cancellationToken);
        return (claimed, addressed);
    }

    /// <summary>How long until the next message becomes visible; null when none is stored for later.</summary>
    public async Task<TimeSpan?> UntilNextMessageAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command("SELECT min(visible_at) - now() FROM durable.inbox WHERE visible_at > now() AND visible_at < now() + interval '1 day'");
        return await command.ExecuteScalarAsync(cancellationToken) as TimeSpan?;
    }

    /// <summary>The instance's visible messages in order, its history when asked for, and the time of the reading (the turn's time).</summary>
    public async Task<TurnInput> ReadAsync(ClaimedInstance instance, bool withHistory, CancellationToken cancellationToken)
    {
        var connection = await connections.RentAsync(cancellationToken);
        try
        {
            return await ReadAsync(connection, instance, withHistory, cancellationToken);
        }
        finally
        {
            await connections.ReturnAsync(connection);
        }
    }

    /// <summary>Everything that is claimed for this worker.</summary>
    public async Task<IReadOnlyList<InstanceClaim>> ClaimsAsync(long worker, CancellationToken cancellationToken)
    {
        await using var command = dataSource.Command("SELECT instance_id, incarnation, epoch FROM durable.instances WHERE worker_id = $1", Rows.Number(worker));
        var claims = new List<InstanceClaim>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) claims.Add(new InstanceClaim(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        return claims;
    }

    private async Task<(IReadOnlyList<ClaimedInstance> Claimed, IReadOnlyList<string> Addressed, long Seen)> LookAsync(
        long worker, int count, IReadOnlyList<string>? versions, int? most, CancellationToken cancellationToken)
    {
        // The lock on the worker's own row orders a claim and the reaping of its worker: a claim that comes after takes nothing,
        // one that came before is seen and freed. Without it the claim of a worker just buried would stand.
        await using var command = dataSource.Command(
            $"""
            WITH me AS (
              SELECT worker_id FROM durable.workers WHERE worker_id = $1 FOR KEY SHARE
            ), seen AS MATERIALIZED (
              SELECT instance_id, incarnation, kind, visible_at FROM durable.inbox WHERE visible_at <= now() ORDER BY visible_at LIMIT $4
            ), due AS MATERIALIZED (
              SELECT i.instance_id, i.worker_id, min(m.visible_at) AS since
              FROM seen m
              JOIN durable.instances i ON i.instance_id = m.instance_id AND i.incarnation = m.incarnation
              WHERE (i.worker_id IS NULL OR i.worker_id = $1) AND {IsDue} AND (i.worker_id IS NOT NULL OR $3::text[] IS NULL OR i.version = ANY($3))
              GROUP BY i.instance_id, i.worker_id
            ), picked AS (
              -- More than are wanted: others look at the same moment, and what they lock is passed over.
              SELECT i.instance_id FROM durable.instances i JOIN (SELECT instance_id, since FROM due WHERE worker_id IS NULL ORDER BY since LIMIT $2 + 64) d USING (instance_id)
              WHERE i.worker_id IS NULL AND i.status IN (0, 6, 7) ORDER BY d.since LIMIT $2
              FOR UPDATE OF i SKIP LOCKED
            ), taken AS (
              UPDATE durable.instances i SET worker_id = $1, epoch = i.epoch + 1, lease_until = NULL
              FROM picked, me WHERE i.instance_id = picked.instance_id
              RETURNING i.instance_id, i.incarnation, i.name, i.version, i.status, i.execution, i.history_length, i.input,
                i.parent_id, i.parent_name, i.parent_incarnation, i.parent_execution, i.parent_task, i.epoch, i.created_at, i.tags
            )
            SELECT * FROM taken
            UNION ALL SELECT mine.instance_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM (
              SELECT instance_id FROM due WHERE worker_id = $1
              -- Where not everything was looked at: this worker's own, whatever waits before them.
              UNION SELECT i.instance_id FROM durable.instances i JOIN durable.inbox m ON m.instance_id = i.instance_id AND m.incarnation = i.incarnation
              WHERE (SELECT count(*) FROM seen) = $4 AND i.worker_id = $1 AND m.visible_at <= now() AND {IsDue}) mine
            UNION ALL SELECT NULL, count(*), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM seen
            """,
            Rows.Number(worker),
            Rows.Number(count),
            Rows.TextsOrNull(versions),
            Rows.Number(most));
        var claimed = new List<ClaimedInstance>();
        var addressed = new List<string>();
        var seen = 0L;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.IsDBNull(0)) seen = reader.GetInt64(1);
            else if (reader.IsDBNull(1)) addressed.Add(reader.GetString(0));
            else claimed.Add(Claimed(reader));
        }
        return (claimed, addressed, seen);
    }

    private async Task<TurnInput> ReadAsync(NpgsqlConnection connection, ClaimedInstance instance, bool withHistory, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        // Start and control messages (kinds 8 to 10) come within the bound however many events are held before them.
        batch.Add(
            $"""
            SELECT {MessageColumns} FROM durable.inbox WHERE instance_id = $1 AND incarnation = $2 AND visible_at <= now()
            ORDER BY kind <> 1, kind < 8, message_id LIMIT {MessagesPerTurn}
            """,
            Rows.Text(instance.InstanceId),
            Rows.Number(instance.Incarnation));
        batch.Add("SELECT now()");
        if (withHistory)
        {
            batch.Add(
                $"""
                SELECT kind, task_id, name, {Payloads.Read("instance_id", "payload")}, failure, at FROM durable.history
                WHERE instance_id = $1 AND incarnation = $2 AND execution = $3 ORDER BY position
                """,
                Rows.Text(instance.InstanceId),
                Rows.Number(instance.Incarnation),
                Rows.Integer(instance.Execution));
        }
        if (instance.InputIsReference) batch.Add(Payloads.ByReference, Rows.Text(instance.InstanceId), Rows.Text(instance.Input));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var messages = new List<(InboxMessage, DateTime)>();
        while (await reader.ReadAsync(cancellationToken)) messages.Add(Message(reader));
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var now = reader.GetDateTime(0);
        clock.Saw(now);
        var history = new List<HistoryEvent>();
        if (withHistory) await reader.NextResultAsync(cancellationToken);
        while (withHistory && await reader.ReadAsync(cancellationToken))
        {
            history.Add(new HistoryEvent(
                (EventKind)reader.GetInt16(0),
                reader.IntegerOrNull(1),
                reader.TextOrNull(2),
                reader.TextOrNull(3),
                reader.TextOrNull(4),
                reader.GetDateTime(5)));
        }
        var instanceInput = instance.Input;
        if (instance.InputIsReference && await reader.NextResultAsync(cancellationToken) && await reader.ReadAsync(cancellationToken)) instanceInput = reader.GetString(0);
        return new TurnInput(InboxOrder.Sort(messages), history, now, messages.Count == MessagesPerTurn, instanceInput);
    }

    /// <summary>A row of <see cref="MessageColumns"/>.</summary>
    public static (InboxMessage Message, DateTime VisibleAt) Message(NpgsqlDataReader reader) => (
        new InboxMessage(
            reader.GetInt64(0),
            (MessageKind)reader.GetInt16(1),
            reader.IntegerOrNull(2),
            reader.IntegerOrNull(3),
            reader.TextOrNull(4),
            reader.TextOrNull(5),
            reader.TextOrNull(6)),
        reader.GetDateTime(7));

    private static ClaimedInstance Claimed(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetInt64(1),
        reader.GetString(2),
        reader.GetString(3),
        (InstanceStatus)reader.GetInt16(4),
        reader.GetInt32(5),
        reader.GetInt32(6),
        reader.TextOrNull(7),
        reader.IsDBNull(8) ? null : new ParentLink(reader.GetString(8), reader.GetString(9), reader.GetInt64(10), reader.GetInt32(11), reader.GetInt32(12)),
        reader.GetInt64(13),
        default)
    {
        InputIsReference = Payloads.IsReference(reader.TextOrNull(7)),
        CreatedAt = reader.GetDateTime(14),
        Tags = reader.TextOrNull(15),
    };
}
