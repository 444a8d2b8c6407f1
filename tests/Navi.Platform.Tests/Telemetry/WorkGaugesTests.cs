using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.SigningKeys;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Gauges;
using Navi.Testing;

namespace Navi.Platform.Tests.Telemetry;

/// <summary>What is asked at every scrape.</summary>
public sealed class WorkGaugesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OpenAndEndedTasks_CountsTheOpenOnes()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await platform.CreateTaskAsync();
        var begun = await platform.CreateTaskAsync();
        await platform.Progress.StartAsync(begun.Id, Stop);
        await platform.Progress.FinishAsync((await platform.CreateTaskAsync()).Id, "completed", null, Stop);
        var samples = await Of(platform).ReadAsync(Stop);
        Assert.Equal([("queued", 1.0), ("running", 1.0), ("waiting", 0.0)], samples.Where(s => s.Metric == MetricCatalogue.TasksOpen).Select(s => (s.Labels[0], s.Value)));
    }

    [Theory]
    [InlineData("tasks", "tasks_unfinished")]
    [InlineData("tool_calls", "tool_calls_in_doubt")]
    [InlineData("checkpoints", "checkpoints_pending")]
    [InlineData("outbox", "outbox_unacknowledged")]
    public async Task Sql_OfTablesThatGrow_HasAnIndexForEach(string table, string index)
    {
        await using var platform = await TestPlatform.CreateAsync();
        var plans = await platform.Database.RunAsync(Scope.System, async c =>
        {
            // A table without rows is read whole unless that is made dear; then only what has no index still is.
            await c.ExecuteAsync("SET LOCAL enable_seqscan = off");
            var lines = new List<string>();
            foreach (var statement in WorkGauges.Sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                lines.AddRange(await c.QueryAsync<string>($"EXPLAIN {statement}", new { lifetime = TimeSpan.FromDays(1) }));
            return lines;
        }, Stop);
        Assert.DoesNotContain(plans, p => p.Contains($"Seq Scan on {table}", StringComparison.Ordinal));
        Assert.Contains(plans, p => p.Contains(index, StringComparison.Ordinal));
    }

    private static WorkGauges Of(TestPlatform platform) => new(platform.Database, Options.Create(new TelemetryOptions()), Options.Create(new SigningKeyOptions()));
}
