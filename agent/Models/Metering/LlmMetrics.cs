using Dapper;
using Navi.Agent.Models.Calls;
using Navi.Agent.Models.Routing;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Agent.Models.Metering;

/// <summary>
/// The record of every attempt, <c>navi.llm_metrics</c>: written before it and settled after it, so that a process that dies leaves a trace. Every sum of tokens and money that NAVI shows is made
/// of these rows.
/// </summary>
public sealed class LlmMetrics(NaviDatabase database, TimeProvider time, NaviMeters meters)
{
    // A record must not be closed while its attempt is still about to settle.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);
    private const int MonthsAhead = 3;

    /// <summary>Writes the intent and numbers the attempt. Earlier attempts of the same turn that never settled are closed as interrupted: one turn is asked by one process at a time.</summary>
    internal Task<LlmMetricsRow> StartAsync(ModelCall call, ModelRoute route, ModelAttempt attempt, CancellationToken cancellation) =>
        database.RunAsync(Scope.Of(call.Organisation), async c =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            // PostgreSQL keeps microseconds, and the row is found by this value again.
            now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
            var row = new LlmMetricsRow(Guid.CreateVersion7(time.GetUtcNow()), now, call, route);
            if (call.TaskId is { } task)
            {
                await TaskStore.LockAsync(c, task);
                await c.ExecuteAsync(
                    """
                    UPDATE navi.llm_metrics SET status = 'interrupted', error_type = 'process_died', settled_at = clock_timestamp()
                    WHERE task_id = @task AND step IS NOT DISTINCT FROM @Turn AND phase = @Phase AND status = 'started'
                    """, new { task, call.Turn, call.Phase });
            }
            await c.ExecuteAsync(
                """
                INSERT INTO navi.llm_metrics (id, org_id, user_id, created_at, task_id, step, phase, provider, model, attempt, deadline_at, status, routing, priced)
                SELECT @Id, @Organisation, @User, @now, @TaskId, @Turn, @Phase, @Name, @Model,
                  1 + (SELECT coalesce(max(m.attempt), 0) FROM navi.llm_metrics m WHERE m.task_id = @TaskId AND m.step IS NOT DISTINCT FROM @Turn AND m.phase = @Phase),
                  clock_timestamp() + @patience, 'started', @routing::jsonb, @priced
                """,
                new
                {
                    row.Id, call.Organisation, call.User, now, call.TaskId, call.Turn, call.Phase, route.Name, route.Model, patience = route.CallTimeout + Grace, priced = route.Price is not null,
                    routing = NaviJson.Write(new { attempt.Mode, attempt.Asked, attempt.Reasons }),
                });
            return row;
        }, cancellation);

    /// <summary>Settles an attempt and every sum that it is part of. One that was closed as interrupted is settled all the same: its tokens were used.</summary>
    /// <param name="row">The attempt.</param>
    /// <param name="status">ok, failed or cancelled.</param>
    /// <param name="error">Code of the failure; null for ok.</param>
    /// <param name="attempt">What is known of it.</param>
    /// <param name="latency">Time from the request to the end.</param>
    internal async Task SettleAsync(LlmMetricsRow row, string status, string? error, ModelAttempt attempt, TimeSpan latency)
    {
        var spent = Spending.Of(attempt.Usage, row.Route.Price);
        var settled = await database.RunAsync(Scope.Of(row.Call.Organisation), async c =>
        {
            if (row.Call.TaskId is { } task)
                await TaskStore.LockAsync(c, task);
            var changed = await c.ExecuteAsync(
                """
                UPDATE navi.llm_metrics SET status = @status, error_type = @error, input_tokens = @Input, cached_input_tokens = @Cached, output_tokens = @Output,
                  input_cost = @InputCost, output_cost = @OutputCost, priced = priced AND (@Input::bigint IS NULL OR @InputCost::numeric IS NOT NULL), latency_ms = @latency, ttft_ms = @FirstToken, settled_at = clock_timestamp()
                WHERE id = @Id AND created_at = @CreatedAt AND status IN ('started', 'interrupted')
                """,
                new
                {
                    status, error, spent?.Input, spent?.Cached, spent?.Output, spent?.InputCost, spent?.OutputCost, latency = (long)latency.TotalMilliseconds, attempt.FirstToken, row.Id,
                    row.CreatedAt,
                });
            if (changed == 1 && row.Call.TaskId is { } owner)
                await TaskMetrics.SumAsync(c, owner, row.Call.Turn);
            return changed == 1;
        }, CancellationToken.None);
        if (settled)
            Count(row.Route, error ?? status, attempt, latency, spent);
    }

    private void Count(ModelRoute route, string status, ModelAttempt attempt, TimeSpan latency, Spending? spent)
    {
        meters.Add(MetricCatalogue.ModelCalls, 1, route.Model, route.Name, status);
        meters.Record(MetricCatalogue.ModelCallDuration, latency.TotalSeconds, route.Model, route.Name);
        if (attempt.FirstToken is { } first)
            meters.Record(MetricCatalogue.ModelFirstToken, first / 1000.0, route.Model, route.Name);
        if (spent is null)
            return;
        meters.Add(MetricCatalogue.ModelTokens, spent.Input - spent.Cached, route.Model, "input");
        meters.Add(MetricCatalogue.ModelTokens, spent.Cached, route.Model, "cached");
        meters.Add(MetricCatalogue.ModelTokens, spent.Output, route.Model, "output");
        meters.Add(MetricCatalogue.ModelCost, (double)((spent.InputCost ?? 0) + (spent.OutputCost ?? 0)), route.Model);
    }

    /// <summary>Closes attempts whose process has died and makes the coming months' partitions. Returns how many attempts were closed.</summary>
    public Task<int> KeepUpAsync(CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            await c.ExecuteAsync("SELECT navi.ensure_llm_metrics_partitions(@MonthsAhead)", new { MonthsAhead });
            return await c.ExecuteAsync(
                "UPDATE navi.llm_metrics SET status = 'interrupted', error_type = 'process_died', settled_at = clock_timestamp() WHERE status = 'started' AND deadline_at < clock_timestamp()");
        }, cancellation);
}
