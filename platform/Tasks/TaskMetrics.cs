using Dapper;
using Npgsql;

namespace Navi.Platform.Tasks;

/// <summary>Writes a finished task's row of <c>task_metrics</c> from what the ledger, the checkpoints and <c>llm_metrics</c> recorded.</summary>
public static class TaskMetrics
{
    /// <summary>Writes the row and returns the number of the model's turns.</summary>
    // Model calls are ledger rows of the tool 'model'; tokens and money are those of every attempt. Waiting is the time in which a gate stood open.
    internal static Task<int> RecordAsync(NpgsqlConnection connection, Guid task) => connection.ExecuteScalarAsync<int>(
        """
        INSERT INTO navi.task_metrics (org_id, user_id, task_id, task_type, model_turns, tool_calls, rag_retrievals, checkpoints,
          completion_ms, model_ms, tool_ms, wait_ms, input_tokens, cached_input_tokens, output_tokens, cost, model_attempts, failed_attempts, unpriced_calls, status, stop_reason)
        SELECT t.org_id, t.user_id, t.id, t.provider,
          count(*) FILTER (WHERE k.tool = 'model'), count(*) FILTER (WHERE k.tool <> 'model'), 0,
          (SELECT count(*) FROM navi.checkpoints c WHERE c.task_id = t.id),
          navi.milliseconds(t.finished_at - t.created_at),
          coalesce(sum(navi.milliseconds(k.finished_at - k.started_at)) FILTER (WHERE k.tool = 'model'), 0),
          coalesce(sum(navi.milliseconds(k.finished_at - k.started_at)) FILTER (WHERE k.tool <> 'model'), 0),
          (SELECT coalesce(sum(navi.milliseconds(coalesce(c.settled_at, t.finished_at) - c.opened_at)), 0) FROM navi.checkpoints c WHERE c.task_id = t.id),
          0, 0, 0, 0, 0, 0, 0, t.status, t.stop_reason
        FROM navi.tasks t LEFT JOIN navi.tool_calls k ON k.task_id = t.id AND NOT k.inherited
        WHERE t.id = @task GROUP BY t.id
        ON CONFLICT (task_id) DO NOTHING;
        """ + Spent + ";\nSELECT model_turns FROM navi.task_metrics WHERE task_id = @task;", new { task });

    /// <summary>
    /// Brings every sum over <c>llm_metrics</c> up to date: the task's, its finished metrics' and, for <paramref name="step"/>, its ledger row's. In the caller's transaction; the caller
    /// holds the task's lock.
    /// </summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="task">The task.</param>
    /// <param name="step">The turn whose ledger row changes; null for none.</param>
    public static Task SumAsync(NpgsqlConnection connection, Guid task, int? step) => connection.ExecuteAsync(
        """
        UPDATE navi.tool_calls k SET (input_tokens, output_tokens, cost) = (
          SELECT coalesce(sum(m.input_tokens), 0), coalesce(sum(m.output_tokens), 0), coalesce(sum(m.input_cost + m.output_cost), 0)
          FROM navi.llm_metrics m WHERE m.task_id = k.task_id AND m.step = k.turn)
        WHERE k.task_id = @task AND k.turn = @step::int AND k.tool = 'model';
        UPDATE navi.tasks t SET (input_tokens, output_tokens, cost, unpriced_calls) = (
          SELECT coalesce(sum(m.input_tokens), 0), coalesce(sum(m.output_tokens), 0), coalesce(sum(m.input_cost + m.output_cost), 0),
            count(*) FILTER (WHERE NOT m.priced AND m.input_tokens + m.output_tokens > 0)
          FROM navi.llm_metrics m WHERE m.task_id = t.id)
        WHERE t.id = @task;
        """ + Spent, new { task, step });

    private const string Spent =
        """

        UPDATE navi.task_metrics x SET (input_tokens, cached_input_tokens, output_tokens, cost, model_attempts, failed_attempts, unpriced_calls) = (
          SELECT coalesce(sum(m.input_tokens), 0), coalesce(sum(m.cached_input_tokens), 0), coalesce(sum(m.output_tokens), 0), coalesce(sum(m.input_cost + m.output_cost), 0),
            count(*), count(*) FILTER (WHERE m.status IN ('failed', 'interrupted')), count(*) FILTER (WHERE NOT m.priced AND m.input_tokens + m.output_tokens > 0)
          FROM navi.llm_metrics m WHERE m.task_id = x.task_id)
        WHERE x.task_id = @task
        """;
}
