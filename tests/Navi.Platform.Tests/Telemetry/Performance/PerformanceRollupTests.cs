using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Telemetry.Performance;
using Navi.Testing;

namespace Navi.Platform.Tests.Telemetry.Performance;

public sealed class PerformanceRollupTests
{
    private sealed record Row(string Window, DateTime WindowStart, long Count, double Min, double Max, double Avg, double P50, double P95, double P99);

    [Fact]
    public async Task Windows_OfRowsThatEnded_AreExactAndTheSameAgain()
    {
        await using var platform = await TestPlatform.CreateAsync();
        // 1 to 100 ms in a window that is over in all three lengths: two days ago at noon.
        await AddAsync(platform, "date_trunc('day', now()) - interval '2 days' + interval '12 hours 1 minute'", 100);
        await AddAsync(platform, "clock_timestamp()", 3);
        var rollup = Rollup(platform);
        await platform.Database.RunAsync(Scope.System, c => c.ExecuteAsync("""
            INSERT INTO navi.performance_progress ("window", done_until) SELECT w, date_trunc('day', now()) - interval '3 days' FROM unnest(ARRAY['5m', '1h', '1d']) w
            """), CancellationToken.None);

        // What the outage left over is caught up a day at a time.
        while (await rollup.RunAsync(CancellationToken.None) > 0 || await BehindAsync(platform))
        {
        }
        var rows = await RowsAsync(platform);
        Assert.Equal(["1d", "1h", "5m"], rows.Where(r => r.Count == 100).Select(r => r.Window).Order(StringComparer.Ordinal));
        Assert.All(rows.Where(r => r.Count == 100), r => Assert.Equal((1d, 100d, 50.5, 50.5, 95.05, 99.01), (r.Min, r.Max, r.Avg, r.P50, Math.Round(r.P95, 6), Math.Round(r.P99, 6))));

        // Rolled up anew, nothing is there twice; a row that came late is counted.
        await AddAsync(platform, "date_trunc('day', now()) - interval '2 days' + interval '12 hours 2 minutes'", 1);
        await platform.Database.RunAsync(Scope.System, c => c.ExecuteAsync("""UPDATE navi.performance_progress SET done_until = date_trunc('day', now()) - interval '3 days'"""), CancellationToken.None);
        while (await rollup.RunAsync(CancellationToken.None) > 0 || await BehindAsync(platform))
        {
        }
        Assert.Equal(["1d", "1h", "5m"], (await RowsAsync(platform)).Where(r => r.Count == 101).Select(r => r.Window).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(await RowsAsync(platform), r => r.Count == 100);
    }

    [Fact]
    public async Task Run_Again_WritesNothingUntilAWindowEnds()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await AddAsync(platform, "now() - interval '3 hours'", 5);
        var rollup = Rollup(platform);

        Assert.InRange(await rollup.RunAsync(CancellationToken.None), 2, 6);
        var before = await RowsAsync(platform);
        await rollup.RunAsync(CancellationToken.None);
        Assert.Equal(before, await RowsAsync(platform));
    }

    [Fact]
    public async Task Sources_TasksToolsAndGates_AreRolledUp()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync();
        await platform.Database.RunAsync(Scope.System, c => c.ExecuteAsync("""
            INSERT INTO navi.tool_calls (org_id, task_id, call_id, turn, index, tool, arguments, effect, verdict, rule, reason, policy_digest, status, started_at, finished_at)
            VALUES ('acme', @Id, 'c1', 0, 0, 'read_file', '{}', 'Pure', 'allow', 'r', '', '', 'cancelled', now() - interval '2 hours', now() - interval '2 hours' + interval '250 milliseconds');
            INSERT INTO navi.checkpoints (id, org_id, task_id, number, kind, title, reason, action, action_digest, instance_id, event_name, status, opened_at, expires_at, settled_at)
            VALUES (gen_random_uuid(), 'acme', @Id, 1, 'action', 't', 'r', '{}', repeat('a', 64), 'i', 'e', 'approved', now() - interval '3 hours', now(), now() - interval '2 hours');
            UPDATE navi.tasks SET status = 'finished', stop_reason = 'completed', created_at = now() - interval '4 hours', finished_at = now() - interval '2 hours' WHERE id = @Id
            """, new { task.Id }), CancellationToken.None);
        await Rollup(platform).RunAsync(CancellationToken.None);

        var found = await platform.Database.QueryAsync<string>(
            Scope.Of("acme"), """SELECT metric_name || ' ' || component || ' ' || operation || ' ' || round(max) || ' ' || unit FROM navi.performance_metrics WHERE "window" = '1h' ORDER BY 1""", null, CancellationToken.None);
        Assert.Equal(["checkpoint_wait checkpoints action 3600000 ms", "task_duration tasks completed 7200000 ms", "tool_call_duration tools read_file 250 ms"], found);
        Assert.Empty(await platform.Database.QueryAsync<string>(Scope.Of("other"), "SELECT metric_name FROM navi.performance_metrics", null, CancellationToken.None));
    }

    private static PerformanceRollup Rollup(TestPlatform platform) => new(platform.Database, Options.Create(new PerformanceOptions()));

    private static Task AddAsync(TestPlatform platform, string at, int count) => platform.Database.RunAsync(Scope.System, c => c.ExecuteAsync($$"""
        INSERT INTO navi.llm_metrics (id, org_id, user_id, created_at, phase, provider, model, attempt, deadline_at, status, routing, priced, latency_ms, settled_at)
        SELECT gen_random_uuid(), 'acme', 'ada', now(), 'test', 'main', 'm', 1, now(), 'ok', '{}', false, n, {{at}} FROM generate_series(1, {{count}}) n
        """), CancellationToken.None);

    private static async Task<bool> BehindAsync(TestPlatform platform) => await platform.Database.FindAsync<bool>(
        Scope.System, """SELECT bool_or(done_until < now() - interval '1 day 1 hour') FROM navi.performance_progress""", null, CancellationToken.None);

    private static Task<List<Row>> RowsAsync(TestPlatform platform) => platform.Database.QueryAsync<Row>(
        Scope.Of("acme"), """
        SELECT "window", window_start, count, min, max, avg, p50, p95, p99 FROM navi.performance_metrics WHERE metric_name = 'model_call_duration' ORDER BY "window", window_start
        """, null, CancellationToken.None);
}
