using Dapper;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Costs;
using Navi.Agent.Effects;
using Navi.Agent.Loop;
using Navi.Agent.Models.Calls;
using Navi.Agent.Models.Metering;
using Navi.Agent.Models.Routing;
using Navi.Agent.Tests.Models.Support;
using Navi.Platform.Data;

namespace Navi.Agent.Tests.Models;

public sealed class MetricsTests
{
    private sealed record Drawn(int Turn, int Phase, int Model, int Outcome, int Input, int Cached, int Output);

    private sealed record Sums(long Calls, long Failed, long Input, long Cached, long Output, decimal Cost, long Unpriced);

    [Fact]
    public async Task Sums_AnyAttempts_AreTheSameEverywhere()
    {
        await using var server = await ModelServer.StartAsync(Answers.Status(500));
        await using var bench = await ModelBench.CreateAsync(
            ModelBench.Entry("openai", server, "priced", ("Prices:Input", "2.5"), ("Prices:CachedInput", "0.333333"), ("Prices:Output", "10.7")), ModelBench.Entry("openai", server, "unpriced"));
        var metrics = bench.Services.GetRequiredService<LlmMetrics>();
        var routes = bench.Services.GetRequiredService<ModelRoutes>();
        var reports = bench.Services.GetRequiredService<CostReports>();
        var drawn = Gen.Choose(0, 3).SelectMany(turn => Gen.Choose(0, 2).SelectMany(phase => Gen.Choose(0, 1).SelectMany(model => Gen.Choose(0, 3).SelectMany(outcome =>
            Gen.Choose(0, 200_000).SelectMany(input => Gen.Choose(0, 200_000).SelectMany(cached => Gen.Choose(0, 50_000).Select(output => new Drawn(turn, phase, model, outcome, input, cached, output))))))));
        foreach (var attempts in Gen.Sample(drawn.ArrayOf(), 12, 12))
        {
            var task = await bench.Platform.CreateTaskAsync();
            for (var turn = 0; turn < 4; turn++)
                await bench.Platform.Database.RunAsync(Scope.System, c => EffectLedger.PlanAsync(
                    c, task.Id, task.OrgId, new PlannedEffect(CallIds.Model(turn), turn, CallIds.ModelIndex, CallIds.ModelTool, "{}", EffectClass.Idempotent, "allow", "model", "m", "", null)), CancellationToken.None);
            // The last attempts settle after the task's end, as those of a process that was thought dead do.
            var late = attempts.Length / 3;
            var open = new List<Func<Task>>();
            foreach (var (a, i) in attempts.Select((a, i) => (a, i)))
            {
                var phase = ((string[])[ModelPhase.Turn, ModelPhase.Compaction, ModelPhase.Repair])[a.Phase];
                var row = await metrics.StartAsync(ModelCall.Of(task, a.Turn, phase), routes.Find(a.Model == 0 ? "priced" : "unpriced")!, new ModelAttempt("auto", "auto", []), CancellationToken.None);
                var known = a.Outcome != 3;
                var attempt = new ModelAttempt("auto", "auto", [])
                {
                    Usage = known ? new() { InputTokenCount = a.Input, CachedInputTokenCount = Math.Min(a.Cached, a.Input), OutputTokenCount = a.Output } : null,
                };
                Task SettleAsync() => metrics.SettleAsync(row, a.Outcome == 0 ? "ok" : a.Outcome == 1 ? "cancelled" : "failed", a.Outcome == 0 ? null : "some_reason", attempt, TimeSpan.FromMilliseconds(5));
                if (i < attempts.Length - late)
                    await SettleAsync();
                else
                    open.Add(SettleAsync);
            }
            await bench.Platform.Progress.FinishAsync(task.Id, "failed", null, CancellationToken.None);
            foreach (var settle in open)
                await settle();

            var all = await SumsAsync(bench, "FROM navi.llm_metrics WHERE task_id = @Id", task.Id);
            Assert.Equal(attempts.Length, all.Calls);
            var row1 = await bench.Platform.Database.RunAsync(Scope.System, c => c.QuerySingleAsync<(long, long, long, decimal, int, int, int)>(
                "SELECT input_tokens, cached_input_tokens, output_tokens, cost, model_attempts, failed_attempts, unpriced_calls FROM navi.task_metrics WHERE task_id = @Id", new { task.Id }), CancellationToken.None);
            Assert.Equal((all.Input, all.Cached, all.Output, all.Cost, all.Calls, all.Failed, all.Unpriced), ((long)row1.Item1, row1.Item2, row1.Item3, row1.Item4, row1.Item5, row1.Item6, row1.Item7));
            var shown = (await bench.Platform.Tasks.FindAsync(Scope.System, task.Id, CancellationToken.None))!;
            Assert.Equal((all.Input, all.Output, all.Cost, all.Unpriced), (shown.InputTokens, shown.OutputTokens, shown.Cost, shown.UnpricedCalls));
            var ledger = await bench.Platform.Database.RunAsync(Scope.System, c => c.QuerySingleAsync<(long, long, decimal)>(
                "SELECT coalesce(sum(input_tokens), 0)::bigint, coalesce(sum(output_tokens), 0)::bigint, coalesce(sum(cost), 0) FROM navi.tool_calls WHERE task_id = @Id", new { task.Id }), CancellationToken.None);
            Assert.Equal((all.Input, all.Output, all.Cost), ledger);
        }
        var total = await SumsAsync(bench, "FROM navi.llm_metrics", Guid.Empty);
        foreach (var group in CostReports.Groups)
        {
            var report = await reports.ReadAsync(Scope.Of("acme"), new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc), group, CancellationToken.None);
            var lines = new[] { report.Total, new CostLine(
                null, report.Items.Sum(i => i.Calls), report.Items.Sum(i => i.FailedCalls), report.Items.Sum(i => i.InputTokens), report.Items.Sum(i => i.CachedInputTokens),
                report.Items.Sum(i => i.OutputTokens), report.Items.Sum(i => i.Cost), report.Items.Sum(i => i.UnpricedCalls)) };
            Assert.All(lines, l => Assert.Equal(total, new Sums(l.Calls, l.FailedCalls, l.InputTokens, l.CachedInputTokens, l.OutputTokens, l.Cost, l.UnpricedCalls)));
        }
        Assert.Equal(0, (await reports.ReadAsync(Scope.Of("other"), new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc), "model", CancellationToken.None)).Total.Calls);
    }

    [Fact]
    public async Task Process_DiesInTheMiddle_LeavesAStartedRowThatTheNextAttemptClosesAndALateAnswerSettles()
    {
        await using var server = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", server));
        var metrics = bench.Services.GetRequiredService<LlmMetrics>();
        var attempt = new ModelAttempt("auto", "auto", []);
        var route = bench.Services.GetRequiredService<ModelRoutes>().Find("m1")!;
        var left = await metrics.StartAsync(ModelCall.Of(bench.Task, 0, ModelPhase.Turn), route, attempt, CancellationToken.None);
        Assert.Equal("started", Assert.Single(await bench.AttemptsAsync()).Status);

        await bench.AskAsync();

        Assert.Equal([(1, "interrupted", "process_died"), (2, "ok", null)], (await bench.AttemptsAsync()).Select(a => (a.Number, a.Status, a.ErrorType)));
        attempt.Usage = new() { InputTokenCount = 3, OutputTokenCount = 4 };
        await metrics.SettleAsync(left, "ok", null, attempt, TimeSpan.FromSeconds(1));
        Assert.Equal(["ok", "ok"], (await bench.AttemptsAsync()).Select(a => a.Status));
        Assert.Equal(103, (await bench.Platform.Tasks.FindAsync(Scope.System, bench.Task.Id, CancellationToken.None))!.InputTokens);
    }

    [Fact]
    public async Task Upkeep_AttemptBeyondItsDeadline_IsClosedAndPartitionsAreThere()
    {
        await using var server = await ModelServer.StartAsync(Answers.Status(500));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", server));
        var metrics = bench.Services.GetRequiredService<LlmMetrics>();
        await metrics.StartAsync(ModelCall.Of(bench.Task, 0, ModelPhase.Turn), bench.Services.GetRequiredService<ModelRoutes>().Find("m1")!, new ModelAttempt("auto", "auto", []), CancellationToken.None);

        Assert.Equal(0, await metrics.KeepUpAsync(CancellationToken.None));
        await bench.Platform.Database.RunAsync(Scope.System, c => c.ExecuteAsync("UPDATE navi.llm_metrics SET deadline_at = clock_timestamp() - interval '1 second'"), CancellationToken.None);
        Assert.Equal(1, await metrics.KeepUpAsync(CancellationToken.None));

        Assert.Equal("interrupted", Assert.Single(await bench.AttemptsAsync()).Status);
        var parts = await bench.Platform.Database.RunAsync(Scope.System, c => c.ExecuteScalarAsync<int>("SELECT count(*) FROM pg_inherits WHERE inhparent = 'navi.llm_metrics'::regclass"), CancellationToken.None);
        Assert.Equal(5, parts);
    }

    [Fact]
    public async Task Rows_OfAnotherOrganisation_AreNeitherSeenNorWrittenNorReachedByAPartition()
    {
        await using var server = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", server));
        await bench.AskAsync();

        Task<int> AsOther(string sql) => bench.Platform.Database.RunAsync(Scope.Of("other"), c => c.ExecuteScalarAsync<int>(sql), CancellationToken.None);
        Assert.Equal(0, await AsOther("SELECT count(*) FROM navi.llm_metrics"));
        Assert.Equal(0, await AsOther("WITH u AS (UPDATE navi.llm_metrics SET model = 'x' RETURNING 1) SELECT count(*) FROM u"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => AsOther("SELECT count(*) FROM navi.llm_metrics_rest"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => AsOther(
            "INSERT INTO navi.llm_metrics (id, org_id, user_id, created_at, phase, provider, model, attempt, deadline_at, status, routing, priced) VALUES (gen_random_uuid(), 'acme', 'u', now(), 'test', 'p', 'm', 1, now(), 'started', '{}', false) RETURNING 1"));
    }

    private static Task<Sums> SumsAsync(ModelBench bench, string from, Guid id) => bench.Platform.Database.RunAsync(Scope.System, c => c.QuerySingleAsync<Sums>(
        $"""
        SELECT count(*) AS calls, count(*) FILTER (WHERE status IN ('failed', 'interrupted')) AS failed, coalesce(sum(input_tokens), 0)::bigint AS input,
          coalesce(sum(cached_input_tokens), 0)::bigint AS cached, coalesce(sum(output_tokens), 0)::bigint AS output, coalesce(sum(coalesce(input_cost, 0) + coalesce(output_cost, 0)), 0) AS cost,
          count(*) FILTER (WHERE input_tokens + output_tokens > 0 AND input_cost IS NULL) AS unpriced {from}
        """, new { Id = id }), CancellationToken.None);
}
