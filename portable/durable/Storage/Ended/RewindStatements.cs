using Navi.Portable.Durable.Engine;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>Opens failed instances again. What happens to their history is their next turn's business.</summary>
internal static class RewindStatements
{
    /// <summary>
    /// A failed instance becomes a running one that has to rewind. Calls of its that still run are no longer its own: the turn makes those
    /// again whose outcome is missing. Messages that came too late for its end stay unheard.
    /// </summary>
    public static void AddReopening(NpgsqlBatch batch, string id, string? reason) =>
        batch.Add(Reopening("true"), Rows.Text(id), Rows.Text(reason));

    public static void AddSubOrchestration(NpgsqlBatch batch, ClaimedInstance parent, RewoundSubOrchestration again)
    {
        const string isOurs = "parent_id = $3 AND parent_name = $4 AND parent_incarnation = $5 AND parent_execution = $6 AND parent_task = $7";
        var sub = again.Original;
        batch.Add(Reopening(isOurs), [Rows.Text(sub.InstanceId), Rows.Text(again.Reason), .. Link()]);
        // It was done after its parent had failed: nobody heard of it.
        batch.Add(
            $"""
            INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, name, payload)
            SELECT $3, $5, $6, 6, $7, $2, {Payloads.Copy("instance_id", "output", "$3")} FROM durable.instances WHERE instance_id = $1 AND status = 1 AND {isOurs}
            """,
            [Rows.Text(sub.InstanceId), Rows.Text(sub.Name), .. Link()]);
        batch.Add(
            $"""
            SELECT durable.drop_instances(ARRAY(
              SELECT instance_id FROM durable.instances
              WHERE instance_id = $1 AND instance_id <> $3 AND (status IN (3, 5) OR status = 1 AND NOT (name = $2 AND {isOurs})) FOR UPDATE))
            """,
            [Rows.Text(sub.InstanceId), Rows.Text(sub.Name), .. Link()]);
        batch.Add(
            $"""
            WITH made AS (
              INSERT INTO durable.instances (instance_id, name, version, input, tags, parent_id, parent_name, parent_incarnation, parent_execution, parent_task)
              SELECT $1, $2, $8, {Payloads.Keep("$1", "$9")}, $10, $3, $4, $5, $6, $7 WHERE NOT EXISTS (SELECT 1 FROM durable.instances WHERE instance_id = $1) ON CONFLICT (instance_id) DO NOTHING
              RETURNING instance_id, incarnation, execution
            )
            INSERT INTO durable.inbox (instance_id, incarnation, execution, kind) SELECT instance_id, incarnation, execution, 1 FROM made
            """,
            [Rows.Text(sub.InstanceId), Rows.Text(sub.Name), .. Link(), Rows.Text(sub.Version), Rows.Text(sub.Input), Rows.Text(sub.Tags)]);
        batch.Add(
            $"""
            INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, task_id, name, failure)
            SELECT $3, $5, $6, 7, $7, $2, $8 WHERE NOT EXISTS (SELECT 1 FROM durable.instances WHERE instance_id = $1 AND {isOurs})
            """,
            [
                Rows.Text(sub.InstanceId),
                Rows.Text(sub.Name),
                .. Link(),
                Rows.Text(Failures.Serialize(Failures.Create(
                    "DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException", $"An orchestration with the instance id '{sub.InstanceId}' is already there."))),
            ]);

        NpgsqlParameter[] Link() =>
        [
            Rows.Text(parent.InstanceId), Rows.Text(parent.Name), Rows.Number(parent.Incarnation), Rows.Integer(parent.Execution), Rows.Integer(sub.TaskId),
        ];
    }

    private static string Reopening(string condition) =>
        $"""
        WITH reopened AS (
          UPDATE durable.instances SET status = 0, output = NULL, failure = NULL, completed_at = NULL, updated_at = now(),
            worker_id = NULL, lease_until = NULL, epoch = epoch + 1
          WHERE instance_id = $1 AND status = 3 AND {condition}
          RETURNING instance_id, incarnation, execution
        ), stopped AS (
          DELETE FROM durable.activities a USING reopened r WHERE a.instance_id = r.instance_id
        ), unheard AS (
          DELETE FROM durable.inbox m USING reopened r WHERE m.instance_id = r.instance_id
        )
        INSERT INTO durable.inbox (instance_id, incarnation, execution, kind, payload)
        SELECT instance_id, incarnation, execution, 11, {Payloads.Keep("instance_id", "$2")} FROM reopened
        """;
}
