using Navi.Portable.Durable.Engine;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>
/// Several turns in one statement, and so in one transaction. Each instance's row is fenced by itself; everything else is written only
/// for the instances whose row was. Rows come sorted by instance, so that two statements never wait for each other in a circle.
/// </summary>
internal static class GroupStatement
{
    private static readonly string Sql =
        $"""
        WITH fenced AS (
          UPDATE durable.instances i SET
            status = g.status, worker_id = CASE WHEN g.keep THEN i.worker_id END, lease_until = NULL, updated_at = now(),
            history_length = i.history_length + g.events,
            custom_status = CASE WHEN g.status_changed THEN g.custom_status ELSE i.custom_status END,
            output = {Payloads.Keep("i.instance_id", "g.output")}, failure = g.failure, completed_at = CASE WHEN g.terminal THEN now() END
          FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            AS g (instance_id, incarnation, epoch, status, keep, events, status_changed, custom_status, output, failure, terminal)
          WHERE i.instance_id = g.instance_id AND i.incarnation = g.incarnation AND i.worker_id = $1 AND i.epoch = g.epoch
          RETURNING i.instance_id, i.incarnation, i.execution, g.terminal
        ), recorded AS (
          INSERT INTO durable.history (instance_id, incarnation, execution, position, kind, task_id, name, payload, failure, at)
          SELECT f.instance_id, f.incarnation, f.execution, e.position, e.kind, e.task_id, e.name, {Payloads.Keep("f.instance_id", "e.payload")}, e.failure, e.at
          FROM unnest($13, $14, $15, $16, $17, $18, $19, $20) AS e (instance_id, position, kind, task_id, name, payload, failure, at)
          JOIN fenced f ON f.instance_id = e.instance_id
        ), settled AS (
          DELETE FROM durable.activities a USING unnest($21, $22) AS s (activity_id, instance_id), fenced f
          WHERE a.activity_id = s.activity_id AND f.instance_id = s.instance_id
        ), consumed AS (
          DELETE FROM durable.inbox m USING unnest($23, $24) AS c (message_id, instance_id), fenced f
          WHERE m.message_id = c.message_id AND f.instance_id = c.instance_id
        ), swept AS (
          DELETE FROM durable.inbox m USING fenced f WHERE f.terminal AND m.instance_id = f.instance_id AND m.incarnation = f.incarnation
        ), timed AS (
          INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, visible_at)
          SELECT f.instance_id, f.incarnation, f.execution, 4, t.task_id, t.at
          FROM unnest($25, $26, $27) AS t (instance_id, task_id, at) JOIN fenced f ON f.instance_id = t.instance_id
        ), called AS (
          INSERT INTO durable.activities (instance_id, incarnation, execution, task_id, name, version, input, worker_id, epoch)
          SELECT f.instance_id, f.incarnation, f.execution, a.task_id, a.name, a.version, {Payloads.Keep("f.instance_id", "a.input")},
            CASE WHEN a.mine THEN $1 END, CASE WHEN a.mine THEN 1 ELSE 0 END
          FROM unnest($28, $29, $30, $31, $32, $33) AS a (instance_id, task_id, name, version, input, mine)
          JOIN fenced f ON f.instance_id = a.instance_id
          RETURNING activity_id, instance_id, task_id, worker_id
        )
        SELECT f.instance_id, NULL::integer, NULL::bigint, clock_timestamp(), now() FROM fenced f
        UNION ALL SELECT c.instance_id, c.task_id, c.activity_id, NULL, NULL FROM called c WHERE c.worker_id IS NOT NULL
        """;

    /// <param name="writes">Plain turns, sorted by instance, no instance twice.</param>
    public static void Add(NpgsqlBatch batch, IReadOnlyList<TurnWrite> writes, long worker)
    {
        var events = new List<(string Id, int Position, HistoryEvent Event)>();
        var settled = new List<(long Activity, string Id)>();
        var consumed = new List<(long Message, string Id)>();
        var timers = new List<(string Id, TimerDecision Timer)>();
        var calls = new List<(string Id, ActivityDecision Call, bool Mine)>();
        foreach (var write in writes)
        {
            var (turn, id) = (write.Result, write.Result.Instance.InstanceId);
            for (var n = 0; n < turn.Events.Count; n++) events.Add((id, turn.Instance.HistoryLength + n + 1, turn.Events[n]));
            foreach (var activity in turn.Settled) settled.Add((activity, id));
            if (!turn.IsTerminal)
            {
                foreach (var message in turn.Consumed) consumed.Add((message, id));
            }
            var local = write.LocalActivities;
            foreach (var decision in turn.Decisions)
            {
                if (decision is ActivityDecision call) calls.Add((id, call, local-- > 0));
                else if (decision is TimerDecision { Cancelled: false } timer && !turn.IsTerminal) timers.Add((id, timer));
            }
        }
        batch.Add(
            Sql,
            Rows.Number(worker),
            Rows.Texts(writes.Select(write => write.Result.Instance.InstanceId)),
            Rows.Numbers(writes.Select(write => write.Result.Instance.Incarnation)),
            Rows.Numbers(writes.Select(write => write.Result.Instance.Epoch)),
            Rows.Integers(writes.Select(write => (int?)write.Result.Status)),
            Rows.Flags(writes.Select(write => write.Keep)),
            Rows.Integers(writes.Select(write => (int?)write.Result.Events.Count)),
            Rows.Flags(writes.Select(write => write.Result.CustomStatus.Changed)),
            Rows.Texts(writes.Select(write => write.Result.CustomStatus.Value)),
            Rows.Texts(writes.Select(write => (write.Result.Outcome as TurnOutcome.Completed)?.Output)),
            Rows.Texts(writes.Select(write => write.Result.Outcome is TurnOutcome.Failed failed ? Failures.Serialize(failed.Details) : null)),
            Rows.Flags(writes.Select(write => write.Result.IsTerminal)),
            Rows.Texts(events.Select(entry => entry.Id)),
            Rows.Integers(events.Select(entry => (int?)entry.Position)),
            Rows.Integers(events.Select(entry => (int?)entry.Event.Kind)),
            Rows.Integers(events.Select(entry => entry.Event.TaskId)),
            Rows.Texts(events.Select(entry => entry.Event.Name)),
            Rows.Texts(events.Select(entry => entry.Event.Payload)),
            Rows.Texts(events.Select(entry => entry.Event.Failure)),
            Rows.Times(events.Select(entry => entry.Event.At)),
            Rows.Numbers(settled.Select(entry => entry.Activity)),
            Rows.Texts(settled.Select(entry => entry.Id)),
            Rows.Numbers(consumed.Select(entry => entry.Message)),
            Rows.Texts(consumed.Select(entry => entry.Id)),
            Rows.Texts(timers.Select(entry => entry.Id)),
            Rows.Integers(timers.Select(entry => (int?)entry.Timer.TaskId)),
            Rows.Times(timers.Select(entry => entry.Timer.FireAt)),
            Rows.Texts(calls.Select(entry => entry.Id)),
            Rows.Integers(calls.Select(entry => (int?)entry.Call.TaskId)),
            Rows.Texts(calls.Select(entry => entry.Call.Name)),
            Rows.Texts(calls.Select(entry => entry.Call.Version)),
            Rows.Texts(calls.Select(entry => entry.Call.Input)),
            Rows.Flags(calls.Select(entry => entry.Mine)));
    }
}
