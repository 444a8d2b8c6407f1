namespace Navi.Platform.Telemetry.Performance;

/// <summary>What is rolled up, and from which rows.</summary>
internal static class PerformanceSql
{
    // Failed attempts and calls took their time, too. Inherited calls are a fork's copies, and model turns are measured by their attempts.
    private const string Values =
        """
        SELECT org_id, 'model_call_duration' AS metric_name, 'duration' AS kind, 'ms' AS unit, model AS operation, 'models' AS component, settled_at AS at, latency_ms::double precision AS value
        FROM navi.llm_metrics WHERE settled_at >= @From AND settled_at < @Until AND latency_ms IS NOT NULL
        UNION ALL
        SELECT org_id, 'model_first_token', 'duration', 'ms', model, 'models', settled_at, ttft_ms FROM navi.llm_metrics WHERE settled_at >= @From AND settled_at < @Until AND ttft_ms IS NOT NULL
        UNION ALL
        SELECT org_id, 'model_input_tokens', 'amount', 'tokens', model, 'models', settled_at, input_tokens FROM navi.llm_metrics WHERE settled_at >= @From AND settled_at < @Until AND input_tokens IS NOT NULL
        UNION ALL
        SELECT org_id, 'model_output_tokens', 'amount', 'tokens', model, 'models', settled_at, output_tokens FROM navi.llm_metrics WHERE settled_at >= @From AND settled_at < @Until AND output_tokens IS NOT NULL
        UNION ALL
        SELECT org_id, 'model_call_cost', 'amount', 'usd', model, 'models', settled_at, input_cost + output_cost
        FROM navi.llm_metrics WHERE settled_at >= @From AND settled_at < @Until AND input_cost IS NOT NULL AND output_cost IS NOT NULL
        UNION ALL
        SELECT org_id, 'tool_call_duration', 'duration', 'ms', tool, 'tools', finished_at, extract(epoch FROM finished_at - started_at) * 1000
        FROM navi.tool_calls WHERE finished_at >= @From AND finished_at < @Until AND started_at IS NOT NULL AND tool <> 'model' AND NOT inherited
        UNION ALL
        SELECT org_id, 'task_duration', 'duration', 'ms', stop_reason, 'tasks', finished_at, extract(epoch FROM finished_at - created_at) * 1000
        FROM navi.tasks WHERE finished_at >= @From AND finished_at < @Until
        UNION ALL
        SELECT t.org_id, 'task_model_turns', 'amount', 'turns', t.stop_reason, 'tasks', t.finished_at, m.model_turns
        FROM navi.tasks t JOIN navi.task_metrics m ON m.task_id = t.id WHERE t.finished_at >= @From AND t.finished_at < @Until
        UNION ALL
        SELECT org_id, 'checkpoint_wait', 'duration', 'ms', kind, 'checkpoints', settled_at, extract(epoch FROM settled_at - opened_at) * 1000
        FROM navi.checkpoints WHERE settled_at >= @From AND settled_at < @Until AND status IN ('approved', 'rejected', 'answered')
        """;

    public const string RollUp =
        $"""
        INSERT INTO navi.performance_metrics (id, org_id, metric_name, kind, unit, operation, component, "window", window_start, count, min, max, avg, p50, p95, p99)
        SELECT gen_random_uuid(), v.org_id, v.metric_name, v.kind, v.unit, v.operation, v.component, @Name, date_bin(@Length, v.at, 'epoch'::timestamptz),
          count(*), min(v.value), max(v.value), avg(v.value),
          percentile_cont(0.5) WITHIN GROUP (ORDER BY v.value), percentile_cont(0.95) WITHIN GROUP (ORDER BY v.value), percentile_cont(0.99) WITHIN GROUP (ORDER BY v.value)
        FROM ({Values}) v
        GROUP BY v.org_id, v.metric_name, v.kind, v.unit, v.operation, v.component, date_bin(@Length, v.at, 'epoch'::timestamptz)
        ON CONFLICT (org_id, metric_name, component, operation, "window", window_start) DO UPDATE SET
          count = excluded.count, min = excluded.min, max = excluded.max, avg = excluded.avg, p50 = excluded.p50, p95 = excluded.p95, p99 = excluded.p99
        """;
}
