using System.Diagnostics.Metrics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Telemetry;

/// <summary>Totals of several processes on a real database.</summary>
public sealed class MetricTotalsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flush_OfSeveralProcessesAtOnce_SumsEveryCountOnce()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var processes = Enumerable.Range(0, 4).Select(_ => new Counting(platform)).ToList();
        await Parallel.ForEachAsync(processes, Stop, async (process, stop) =>
        {
            for (var i = 0; i < 25; i++)
            {
                process.Meters.Add(MetricCatalogue.Tasks, 1, "completed");
                process.Meters.Add(MetricCatalogue.Tasks, 2, "failed");
                process.Meters.Record(MetricCatalogue.HttpDuration, 5, "/v1/tasks", "GET");
                await process.Flush.FlushAsync(stop);
            }
        });
        var state = await new MetricStore(platform.Database).ReadAsync(Stop);
        Assert.Equal(100, Assert.Single(state.Totals, t => t.Labels is ["completed"]).Value);
        Assert.Equal(200, Assert.Single(state.Totals, t => t.Labels is ["failed"]).Value);
        var duration = Assert.Single(state.Totals, t => t.Metric == MetricCatalogue.HttpDuration);
        // A value on a bound counts below it: five seconds are within five seconds.
        Assert.Equal(100, duration.Counts[MetricCatalogue.HttpDuration.Buckets.ToList().IndexOf(5)]);
        Assert.Equal(500, duration.Value);
        Assert.Equal(4, state.Instances.Count);
    }

    [Fact]
    public async Task Add_SentAgainUnderItsNumber_AddsNothing()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var store = new MetricStore(platform.Database);
        MetricDelta[] batch = [new(MetricCatalogue.Tasks, ["completed"], 3, [])];
        await store.AddAsync("a", 1, batch, [], Stop);
        await store.AddAsync("a", 1, batch, [], Stop);
        await store.AddAsync("b", 1, batch, [], Stop);
        Assert.Equal(6, Assert.Single((await store.ReadAsync(Stop)).Totals).Value);
    }

    [Fact]
    public async Task Flush_WithTheDatabaseAway_KeepsTheCountsForLater()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var process = new Counting(platform);
        process.Meters.Add(MetricCatalogue.Tasks, 1, "completed");
        await ExecuteAsync(platform, "ALTER TABLE navi.metric_totals RENAME TO away");
        await Assert.ThrowsAsync<PostgresException>(() => process.Flush.FlushAsync(Stop));
        process.Meters.Add(MetricCatalogue.Tasks, 1, "completed");
        await ExecuteAsync(platform, "ALTER TABLE navi.away RENAME TO metric_totals");
        await process.Flush.FlushAsync(Stop);
        Assert.Equal(2, Assert.Single((await new MetricStore(platform.Database).ReadAsync(Stop)).Totals).Value);
    }

    [Fact]
    public void Add_WithLabelsMissing_IsAnError()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var meters = new NaviMeters(factory);
        using var counts = new MetricCounts(factory);
        Assert.Throws<ArgumentException>(() => meters.Add(MetricCatalogue.HttpRequests, 1, "/v1/tasks"));
    }

    [Fact]
    public void Count_OfMoreSeriesThanAMetricMayHave_GoesToOthers()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var meters = new NaviMeters(factory);
        using var counts = new MetricCounts(factory);
        for (var i = 0; i < MetricCounts.MostSeries + 50; i++)
            meters.Add(MetricCatalogue.Tasks, 1, $"reason-{i}");
        var taken = counts.Take();
        Assert.Equal(MetricCounts.MostSeries + 50, taken.Sum(t => t.Value));
        Assert.Equal(50, Assert.Single(taken, t => t.Labels is ["other"]).Value);
    }

    [Fact]
    public async Task Write_LabelsThatNeedEscapes_AreEscaped()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var store = new MetricStore(platform.Database);
        await store.AddAsync("a", 1, [new(MetricCatalogue.Tasks, ["a\"b\\c\nd"], 1, [])], [], Stop);
        Assert.Contains("navi_tasks_total{stop_reason=\"a\\\"b\\\\c\\nd\"} 1\n", PrometheusText.Write(MetricPoints.Of(await store.ReadAsync(Stop), [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_AfterTheLastFlush_LeavesTheTotalsAndTakesTheProcessAway()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (ending, staying) = (new Counting(platform), new Counting(platform));
        await staying.Flush.FlushAsync(Stop);
        ending.Meters.Add(MetricCatalogue.Tasks, 1, "completed");
        await ending.Flush.StopAsync(Stop);
        var state = await new MetricStore(platform.Database).ReadAsync(Stop);
        Assert.Equal(1, Assert.Single(state.Totals, t => t.Labels is ["completed"]).Value);
        Assert.Single(state.Instances);
    }

    private static async Task ExecuteAsync(TestPlatform platform, string sql)
    {
        await using var connection = new NpgsqlConnection(platform.Server.ConnectionString);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>The counting of one process.</summary>
    private sealed class Counting
    {
        public Counting(TestPlatform platform)
        {
            var factory = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
            Meters = new NaviMeters(factory);
            Flush = new MetricFlush(
                new MetricCounts(factory), new MetricStore(platform.Database), new MetricInstance(), [], Options.Create(new TelemetryOptions()), TimeProvider.System, NullLogger<MetricFlush>.Instance);
        }

        public NaviMeters Meters { get; }

        public MetricFlush Flush { get; }
    }
}
