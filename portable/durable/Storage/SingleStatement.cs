using System.Collections.Concurrent;
using System.Text;
using Navi.Portable.Durable.Engine;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>
/// One turn in one statement: what <see cref="GroupStatement"/> does, without the joins that keep several turns apart and without the
/// parts that this turn has no use for.
/// </summary>
internal static class SingleStatement
{
    private static readonly ConcurrentDictionary<Parts, string> Texts = new();

    [Flags]
    private enum Parts
    {
        Recorded = 1,
        Settled = 2,
        Consumed = 4,
        Swept = 8,
        Timed = 16,
        Called = 32,
    }

    /// <param name="write">A plain turn.</param>
    public static void Add(NpgsqlBatch batch, TurnWrite write, long worker)
    {
        var (turn, instance) = (write.Result, write.Result.Instance);
        ActivityDecision[] calls = [.. turn.Decisions.OfType<ActivityDecision>()];
        TimerDecision[] timers = turn.IsTerminal ? [] : [.. turn.Decisions.OfType<TimerDecision>().Where(timer => !timer.Cancelled)];
        var parts = (turn.Events.Count > 0 ? Parts.Recorded : 0)
            | (turn.Settled.Count > 0 ? Parts.Settled : 0)
            | (!turn.IsTerminal && turn.Consumed.Count > 0 ? Parts.Consumed : 0)
            | (turn.IsTerminal ? Parts.Swept : 0)
            | (timers.Length > 0 ? Parts.Timed : 0)
            | (calls.Length > 0 ? Parts.Called : 0);
        var command = batch.Add(
            Texts.GetOrAdd(parts, Text),
            Rows.Number(worker),
            Rows.Text(instance.InstanceId),
            Rows.Number(instance.Incarnation),
            Rows.Number(instance.Epoch),
            Rows.Integer((int)turn.Status),
            Rows.Flag(write.Keep),
            Rows.Integer(turn.Events.Count),
            Rows.Flag(turn.CustomStatus.Changed),
            Rows.Text(turn.CustomStatus.Value),
            Rows.Text((turn.Outcome as TurnOutcome.Completed)?.Output),
            Rows.Text(turn.Outcome is TurnOutcome.Failed failed ? Failures.Serialize(failed.Details) : null),
            Rows.Flag(turn.IsTerminal));
        var more = command.Parameters;
        if (parts.HasFlag(Parts.Recorded))
        {
            more.Add(Rows.Integers(turn.Events.Select((_, n) => (int?)(instance.HistoryLength + n + 1))));
            more.Add(Rows.Integers(turn.Events.Select(entry => (int?)entry.Kind)));
            more.Add(Rows.Integers(turn.Events.Select(entry => entry.TaskId)));
            more.Add(Rows.Texts(turn.Events.Select(entry => entry.Name)));
            more.Add(Rows.Texts(turn.Events.Select(entry => entry.Payload)));
            more.Add(Rows.Texts(turn.Events.Select(entry => entry.Failure)));
            more.Add(Rows.Times(turn.Events.Select(entry => entry.At)));
        }
        if (parts.HasFlag(Parts.Settled)) more.Add(Rows.Numbers(turn.Settled));
        if (parts.HasFlag(Parts.Consumed)) more.Add(Rows.Numbers(turn.Consumed));
        if (parts.HasFlag(Parts.Timed))
        {
            more.Add(Rows.Integers(timers.Select(timer => (int?)timer.TaskId)));
            more.Add(Rows.Times(timers.Select(timer => timer.FireAt)));
        }
        if (parts.HasFlag(Parts.Called))
        {
            more.Add(Rows.Integers(calls.Select(call => (int?)call.TaskId)));
            more.Add(Rows.Texts(calls.Select(call => call.Name)));
            more.Add(Rows.Texts(calls.Select(call => call.Version)));
            more.Add(Rows.Texts(calls.Select(call => call.Input)));
            more.Add(Rows.Flags(calls.Select((_, n) => n < write.LocalActivities)));
        }
    }

    // Parameters are counted in the order in which Add gives them.
    private static string Text(Parts parts)
    {
        var last = 12;
        var sql = new StringBuilder(
            $"""
            WITH fenced AS (
              UPDATE durable.instances i SET
                status = $5, worker_id = CASE WHEN $6 THEN i.worker_id END, lease_until = NULL, updated_at = now(),
                history_length = i.history_length + $7, custom_status = CASE WHEN $8 THEN $9 ELSE i.custom_status END,
                output = {Payloads.Keep("i.instance_id", "$10")}, failure = $11, completed_at = CASE WHEN $12 THEN now() END
              WHERE i.instance_id = $2 AND i.incarnation = $3 AND i.worker_id = $1 AND i.epoch = $4
              RETURNING i.instance_id, i.incarnation, i.execution
            )
            """);
        if (parts.HasFlag(Parts.Recorded))
        {
            sql.Append(
                $"""
                , recorded AS (
                  INSERT INTO durable.history (instance_id, incarnation, execution, position, kind, task_id, name, payload, failure, at)
                  SELECT f.instance_id, f.incarnation, f.execution, e.position, e.kind, e.task_id, e.name, {Payloads.Keep("f.instance_id", "e.payload")}, e.failure, e.at
                  FROM fenced f, unnest({Next(7)}) AS e (position, kind, task_id, name, payload, failure, at)
                )
                """);
        }
        if (parts.HasFlag(Parts.Settled)) sql.Append($", settled AS (DELETE FROM durable.activities a USING fenced WHERE a.activity_id = ANY({Next(1)}))");
        if (parts.HasFlag(Parts.Consumed)) sql.Append($", consumed AS (DELETE FROM durable.inbox m USING fenced WHERE m.message_id = ANY({Next(1)}))");
        if (parts.HasFlag(Parts.Swept)) sql.Append(", swept AS (DELETE FROM durable.inbox m USING fenced f WHERE m.instance_id = f.instance_id AND m.incarnation = f.incarnation)");
        if (parts.HasFlag(Parts.Timed))
        {
            sql.Append(
                $"""
                , timed AS (
                  INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, visible_at)
                  SELECT f.instance_id, f.incarnation, f.execution, 4, t.task_id, t.at FROM fenced f, unnest({Next(2)}) AS t (task_id, at)
                )
                """);
        }
        if (!parts.HasFlag(Parts.Called)) return sql.Append(" SELECT f.instance_id, NULL::integer, NULL::bigint, clock_timestamp(), now() FROM fenced f").ToString();
        return sql.Append(
            $"""
            , called AS (
              INSERT INTO durable.activities (instance_id, incarnation, execution, task_id, name, version, input, worker_id, epoch)
              SELECT f.instance_id, f.incarnation, f.execution, a.task_id, a.name, a.version, {Payloads.Keep("f.instance_id", "a.input")}, CASE WHEN a.mine THEN $1 END, CASE WHEN a.mine THEN 1 ELSE 0 END
              FROM fenced f, unnest({Next(5)}) AS a (task_id, name, version, input, mine)
              RETURNING activity_id, instance_id, task_id, worker_id
            )
            SELECT f.instance_id, NULL::integer, NULL::bigint, clock_timestamp(), now() FROM fenced f
            UNION ALL SELECT c.instance_id, c.task_id, c.activity_id, NULL, NULL FROM called c WHERE c.worker_id IS NOT NULL
            """).ToString();

        string Next(int count)
        {
            var numbers = string.Join(", ", Enumerable.Range(last + 1, count).Select(number => $"${number}"));
            last += count;
            return numbers;
        }
    }
}
