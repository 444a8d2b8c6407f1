using Navi.Portable.Durable.Engine;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>The statements of a turn's transaction.</summary>
internal static class TurnStatements
{
    /// <summary>The fence and the instance's own row: touches nothing unless the claim still stands.</summary>
    public static void AddInstance(NpgsqlBatch batch, TurnResult turn, long worker, bool keep)
    {
        var next = turn.Outcome as TurnOutcome.ContinuedAsNew;
        var output = turn.Outcome switch
        {
            TurnOutcome.Completed completed => completed.Output,
            TurnOutcome.Terminated terminated => terminated.Output,
            _ => null,
        };
        batch.Add(
            $"""
            UPDATE durable.instances SET
              status = $5, worker_id = CASE WHEN $15 THEN worker_id END, lease_until = NULL, updated_at = now(),
              execution = execution + CASE WHEN $6 THEN 1 ELSE 0 END,
              history_length = CASE WHEN $6 THEN 0 ELSE history_length + $7 END,
              input = CASE WHEN $6 THEN {Payloads.Keep("instance_id", "$8")} ELSE input END,
              version = coalesce($9, version),
              custom_status = CASE WHEN $10 THEN $11 ELSE custom_status END,
              output = {Payloads.Keep("instance_id", "$12")}, failure = $13,
              completed_at = CASE WHEN $14 THEN now() END
            WHERE instance_id = $1 AND incarnation = $2 AND worker_id = $3 AND epoch = $4
            """,
            Rows.Text(turn.Instance.InstanceId),
            Rows.Number(turn.Instance.Incarnation),
            Rows.Number(worker),
            Rows.Number(turn.Instance.Epoch),
            Rows.Integer((int)turn.Status),
            Rows.Flag(next is not null),
            Rows.Integer(turn.Events.Count),
            Rows.Text(next?.Input),
            Rows.Text(next?.Version),
            Rows.Flag(turn.CustomStatus.Changed),
            Rows.Text(turn.CustomStatus.Value),
            Rows.Text(output),
            Rows.Text(turn.Outcome is TurnOutcome.Failed failed ? Failures.Serialize(failed.Details) : null),
            Rows.Flag(turn.IsTerminal),
            Rows.Flag(keep));
    }

    public static void AddHistory(NpgsqlBatch batch, TurnResult turn)
    {
        if (turn.Outcome is TurnOutcome.ContinuedAsNew)
        {
            batch.Add(
                "DELETE FROM durable.history WHERE instance_id = $1 AND incarnation = $2",
                Rows.Text(turn.Instance.InstanceId),
                Rows.Number(turn.Instance.Incarnation));
            return;
        }
        if (turn.Events.Count == 0) return;
        batch.Add(
            $"""
            INSERT INTO durable.history (instance_id, incarnation, execution, position, kind, task_id, name, payload, failure, at)
            SELECT $1, $2, $3, $4 + e.n, e.kind, e.task_id, e.name, {Payloads.Keep("$1", "e.payload")}, e.failure, e.at
            FROM unnest($5, $6, $7, $8, $9, $10) WITH ORDINALITY AS e (kind, task_id, name, payload, failure, at, n)
            """,
            Rows.Text(turn.Instance.InstanceId),
            Rows.Number(turn.Instance.Incarnation),
            Rows.Integer(turn.Instance.Execution),
            Rows.Integer(turn.Instance.HistoryLength),
            Rows.Integers(turn.Events.Select(happened => (int?)happened.Kind)),
            Rows.Integers(turn.Events.Select(happened => happened.TaskId)),
            Rows.Texts(turn.Events.Select(happened => happened.Name)),
            Rows.Texts(turn.Events.Select(happened => happened.Payload)),
            Rows.Texts(turn.Events.Select(happened => happened.Failure)),
            Rows.Times(turn.Events.Select(happened => happened.At)));
    }

    /// <summary>What the turn takes out of the inbox, and the start of the next execution.</summary>
    public static void AddInbox(NpgsqlBatch batch, TurnResult turn)
    {
        if (turn.Settled.Count > 0) batch.Add("DELETE FROM durable.activities WHERE activity_id = ANY($1)", Rows.Numbers(turn.Settled));
        if (turn.Kept.Count > 0) AddKept(batch, turn);
        var id = Rows.Text(turn.Instance.InstanceId);
        if (turn.IsTerminal)
        {
            batch.Add("DELETE FROM durable.inbox WHERE instance_id = $1 AND incarnation = $2", id, Rows.Number(turn.Instance.Incarnation));
            return;
        }
        if (turn.Consumed.Count > 0) batch.Add("DELETE FROM durable.inbox WHERE message_id = ANY($1)", Rows.Numbers(turn.Consumed));
        if (turn.Outcome is not TurnOutcome.ContinuedAsNew next) return;
        batch.Add(
            "DELETE FROM durable.inbox WHERE instance_id = $1 AND incarnation = $2 AND execution = $3",
            id,
            Rows.Number(turn.Instance.Incarnation),
            Rows.Integer(turn.Instance.Execution));
        batch.Add(
            "INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, failure) VALUES ($1, $2, $3, 1, $4)",
            Rows.Text(turn.Instance.InstanceId),
            Rows.Number(turn.Instance.Incarnation),
            Rows.Integer(turn.Instance.Execution + 1),
            Rows.Text(CarriedEvents.Serialize(next.Carried)));
        batch.Add(Payloads.ForgetUnused, Rows.Text(turn.Instance.InstanceId));
    }

    private static void AddKept(NpgsqlBatch batch, TurnResult turn) => batch.Add(
        $"""
        INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, name, payload, failure)
        SELECT $1, $2, $3, k.kind, k.task_id, k.name, {Payloads.Keep("$1", "k.payload")}, k.failure FROM unnest($4, $5, $6, $7, $8) AS k (kind, task_id, name, payload, failure)
        """,
        Rows.Text(turn.Instance.InstanceId),
        Rows.Number(turn.Instance.Incarnation),
        Rows.Integer(turn.Instance.Execution),
        Rows.Integers(turn.Kept.Select(kept => (int?)kept.Kind)),
        Rows.Integers(turn.Kept.Select(kept => kept.TaskId)),
        Rows.Texts(turn.Kept.Select(kept => kept.Name)),
        Rows.Texts(turn.Kept.Select(kept => kept.Payload)),
        Rows.Texts(turn.Kept.Select(kept => kept.Failure)));

    /// <summary>Returns activity_id, task_id and whether this worker has claimed the row.</summary>
    public static void AddActivities(
        NpgsqlBatch batch, ClaimedInstance instance, IReadOnlyList<ActivityDecision> activities, long worker, int local) => batch.Add(
        $"""
        INSERT INTO durable.activities (instance_id, incarnation, execution, task_id, name, version, input, worker_id, epoch)
        SELECT $1, $2, $3, a.task_id, a.name, a.version, {Payloads.Keep("$1", "a.input")}, CASE WHEN a.n <= $8 THEN $9 END, CASE WHEN a.n <= $8 THEN 1 ELSE 0 END
        FROM unnest($4, $5, $6, $7) WITH ORDINALITY AS a (task_id, name, version, input, n)
        RETURNING activity_id, task_id, worker_id IS NOT NULL
        """,
        Rows.Text(instance.InstanceId),
        Rows.Number(instance.Incarnation),
        Rows.Integer(instance.Execution),
        Rows.Integers(activities.Select(activity => (int?)activity.TaskId)),
        Rows.Texts(activities.Select(activity => activity.Name)),
        Rows.Texts(activities.Select(activity => activity.Version)),
        Rows.Texts(activities.Select(activity => activity.Input)),
        Rows.Integer(local),
        Rows.Number(worker));

    public static void AddTimers(NpgsqlBatch batch, TurnResult turn)
    {
        TimerDecision[] timers = [.. turn.Decisions.OfType<TimerDecision>().Where(timer => !timer.Cancelled)];
        if (timers.Length > 0 && !turn.IsTerminal && turn.Outcome is not TurnOutcome.ContinuedAsNew)
        {
            batch.Add(
                """
                INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, visible_at)
                SELECT $1, $2, $3, 4, t.task_id, t.fire_at FROM unnest($4, $5) AS t (task_id, fire_at)
                """,
                Rows.Text(turn.Instance.InstanceId),
                Rows.Number(turn.Instance.Incarnation),
                Rows.Integer(turn.Instance.Execution),
                Rows.Integers(timers.Select(timer => (int?)timer.TaskId)),
                Rows.Times(timers.Select(timer => timer.FireAt)));
        }
        if (turn.CancelledTimers.Count == 0) return;
        batch.Add(
            "DELETE FROM durable.inbox WHERE instance_id = $1 AND incarnation = $2 AND execution = $3 AND kind = 4 AND task_id = ANY($4)",
            Rows.Text(turn.Instance.InstanceId),
            Rows.Number(turn.Instance.Incarnation),
            Rows.Integer(turn.Instance.Execution),
            Rows.Integers(turn.CancelledTimers.Select(id => (int?)id)));
    }

    /// <summary>What a decision sends to another instance; activities and timers are added in bulk elsewhere.</summary>
    public static void AddMessage(NpgsqlBatch batch, ClaimedInstance instance, Decision decision)
    {
        if (decision is RewoundSubOrchestration again) RewindStatements.AddSubOrchestration(batch, instance, again);
        if (decision is SubOrchestrationDecision sub) AddSubOrchestration(batch, instance, sub);
        if (decision is not SendEventDecision sent) return;
        batch.Add(
            $"""
            INSERT INTO durable.inbox (instance_id, incarnation, kind, name, payload)
            SELECT instance_id, incarnation, 5, $2, {Payloads.Keep("instance_id", "$3")} FROM durable.instances WHERE instance_id = $1 AND status NOT IN (1, 3, 5)
            """,
            Rows.Text(sent.InstanceId),
            Rows.Text(sent.Name),
            Rows.Text(sent.Payload));
    }

    /// <summary>The end of an instance: its parent hears of it; what it has not started stays undone; a recursive termination goes on.</summary>
    public static void AddEnd(NpgsqlBatch batch, TurnResult turn)
    {
        var instance = turn.Instance;
        if (instance.Parent is { } parent)
        {
            var completed = turn.Outcome as TurnOutcome.Completed;
            var failure = turn.Outcome switch
            {
                TurnOutcome.Failed failed => failed.Details,
                TurnOutcome.Terminated => Failures.Create("OrchestrationTerminated", $"The sub-orchestration '{instance.InstanceId}' was terminated."),
                _ => null,
            };
            batch.Add(
                $"""
                INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, name, payload, failure)
                SELECT instance_id, incarnation, execution, $4, $5, $6, {Payloads.Keep("instance_id", "$7")}, $8 FROM durable.instances
                WHERE instance_id = $1 AND incarnation = $2 AND execution = $3 AND status NOT IN (1, 3, 5)
                """,
                Rows.Text(parent.InstanceId),
                Rows.Number(parent.Incarnation),
                Rows.Integer(parent.Execution),
                Rows.Integer((int)(completed is null ? MessageKind.SubOrchestrationFailed : MessageKind.SubOrchestrationCompleted)),
                Rows.Integer(parent.TaskId),
                Rows.Text(instance.Name),
                Rows.Text(completed?.Output),
                Rows.Text(failure is null ? null : Failures.Serialize(failure)));
        }
        if (turn.Outcome is not TurnOutcome.Terminated terminated) return;
        batch.Add(
            "DELETE FROM durable.activities WHERE instance_id = $1 AND incarnation = $2 AND worker_id IS NULL",
            Rows.Text(instance.InstanceId),
            Rows.Number(instance.Incarnation));
        if (!turn.Recursive) return;
        batch.Add(
            $"""
            INSERT INTO durable.inbox (instance_id, incarnation, kind, name, payload)
            SELECT instance_id, incarnation, 10, 'recursive', {Payloads.Keep("instance_id", "$3")} FROM durable.instances
            WHERE parent_id = $1 AND parent_incarnation = $2 AND status NOT IN (1, 3, 5)
            """,
            Rows.Text(instance.InstanceId),
            Rows.Number(instance.Incarnation),
            Rows.Text(terminated.Output));
    }

    private static void AddSubOrchestration(NpgsqlBatch batch, ClaimedInstance parent, SubOrchestrationDecision sub)
    {
        // An ended instance of that id gives way, as it does for a client's start: a retry may name the id again.
        batch.Add(
            "SELECT durable.drop_instances(ARRAY(SELECT instance_id FROM durable.instances WHERE instance_id = $1 AND instance_id <> $2 AND status IN (1, 3, 5) FOR UPDATE))",
            Rows.Text(sub.InstanceId),
            Rows.Text(parent.InstanceId));
        batch.Add(
            $"""
            INSERT INTO durable.instances (instance_id, name, version, input, tags, parent_id, parent_name, parent_incarnation, parent_execution, parent_task)
            SELECT $1, $2, $3, {Payloads.Keep("$1", "$4")}, $5, $6, $7, $8, $9, $10 WHERE NOT EXISTS (SELECT 1 FROM durable.instances WHERE instance_id = $1) ON CONFLICT (instance_id) DO NOTHING
            """,
            [Rows.Text(sub.InstanceId), Rows.Text(sub.Name), Rows.Text(sub.Version), Rows.Text(sub.Input), Rows.Text(sub.Tags), .. Link()]);
        const string isOurs = "instance_id = $1 AND parent_id = $2 AND parent_name = $3 AND parent_incarnation = $4 AND parent_execution = $5 AND parent_task = $6";
        batch.Add(
            $"""
            INSERT INTO durable.inbox (instance_id, incarnation, execution, kind)
            SELECT instance_id, incarnation, execution, 1 FROM durable.instances WHERE {isOurs}
            """,
            [Rows.Text(sub.InstanceId), .. Link()]);
        batch.Add(
            $"""
            INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, name, failure)
            SELECT $2, $4, $5, 7, $6, $7, $8 WHERE NOT EXISTS (SELECT 1 FROM durable.instances WHERE {isOurs})
            """,
            [
                Rows.Text(sub.InstanceId),
                .. Link(),
                Rows.Text(sub.Name),
                Rows.Text(Failures.Serialize(Failures.Create(
                    "DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException", $"An orchestration with the instance id '{sub.InstanceId}' is already there."))),
            ]);

        NpgsqlParameter[] Link() =>
        [
            Rows.Text(parent.InstanceId), Rows.Text(parent.Name), Rows.Number(parent.Incarnation), Rows.Integer(parent.Execution), Rows.Integer(sub.TaskId),
        ];
    }
}
