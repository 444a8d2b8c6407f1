using Dapper;
using Npgsql;

namespace Navi.Platform.Tasks;

/// <summary>Writes a finished task's row of <c>task_metrics</c> from what the ledger and the checkpoints recorded.</summary>
internal static class TaskMetrics
{
    // Model calls are ledger rows of the tool 'model'. Waiting is the time in which a gate stood open.
    public static Task RecordAsync(NpgsqlConnection connection, Guid task) => connection.ExecuteAsync(
        """
        INSERT INTO navi.task_metrics (org_id, user_id, task_id, task_type, model_turns, tool_calls, rag_retrievals, checkpoints,
          completion_ms, model_ms, tool_ms, wait_ms, input_tokens, output_tokens, cost, status, stop_reason)
        SELECT t.org_id, t.user_id, t.id, t.provider,
          count(*) FILTER (WHERE k.tool = 'model'), count(*) FILTER (WHERE k.tool <> 'model'), 0,
          (SELECT count(*) FROM navi.checkpoints c WHERE c.task_id = t.id),
          navi.milliseconds(t.finished_at - t.created_at),
          coalesce(sum(navi.milliseconds(k.finished_at - k.started_at)) FILTER (WHERE k.tool = 'model'), 0),
          coalesce(sum(navi.milliseconds(k.finished_at - k.started_at)) FILTER (WHERE k.tool <> 'model'), 0),
          (SELECT coalesce(sum(navi.milliseconds(coalesce(c.settled_at, t.finished_at) - c.opened_at)), 0) FROM navi.checkpoints c WHERE c.task_id = t.id),
          coalesce(sum(k.input_tokens), 0), coalesce(sum(k.output_tokens), 0), coalesce(sum(k.cost), 0), t.status, t.stop_reason
        FROM navi.tasks t LEFT JOIN navi.tool_calls k ON k.task_id = t.id
        WHERE t.id = @task GROUP BY t.id
        ON CONFLICT (task_id) DO NOTHING
        """, new { task });
}
