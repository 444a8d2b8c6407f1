using System.Collections.Concurrent;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Faults;

public sealed class OutageTests
{
    [Theory, BothModes]
    public async Task Connections_DroppedAgainAndAgain_LoseNothing(int sticky)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await using var host = await DurableHost.StartAsync(
            database,
            tasks =>
            {
                tasks.AddActivityFunc<int, int>("Add", async (_, value) =>
                {
                    await Task.Delay(10);
                    return value + 1;
                });
                tasks.AddOrchestratorFunc<int>("Chain", async context =>
                {
                    var value = 0;
                    for (var step = 0; step < 10; step++) value = await context.CallActivityAsync<int>("Add", value);
                    return value;
                });
            },
            options => options.StickyInstances = sticky);
        var ids = new List<string>();
        for (var n = 0; n < 10; n++) ids.Add(await host.Client.ScheduleNewOrchestrationInstanceAsync("Chain", limit.Token));

        for (var n = 0; n < 5; n++)
        {
            await database.DropConnectionsAsync();
            await Task.Delay(60, limit.Token);
        }

        // A look of its own: the host's client may meet a dropped connection, which it reports to its caller.
        await Eventually.TrueAsync(
            async () => await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.instances WHERE status = 1 AND output = '10'") == ids.Count, limit.Token);
        Assert.Equal(10L * 10, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.history WHERE kind = 4"));
    }

    [Fact]
    public async Task Client_DatabaseNotReachable_ThrowsNpgsqlException()
    {
        var database = await TestDatabase.CreateAsync();
        await using var host = await DurableHost.StartAsync(database, _ => { }, options => options.RunWorker = false);
        await database.DisposeAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync("Any"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => host.Client.GetInstanceAsync("any"));
    }

    [Fact]
    public async Task Stop_WhileAnActivityRuns_WaitsForIt()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var started = new TaskCompletionSource();
        await using var host = await DurableHost.StartAsync(database, tasks =>
        {
            tasks.AddActivityFunc("Long", async _ =>
            {
                started.SetResult();
                await Task.Delay(500);
                return 1;
            });
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Long"));
        });
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Call", limit.Token);
        await started.Task.WaitAsync(limit.Token);

        await host.StopAsync();

        // Its result is stored, for whoever runs next; nothing is claimed any more.
        Assert.Equal(1L, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.inbox WHERE kind = 2"));
        Assert.Equal(0L, await Sql.ScalarAsync<long>(database, "SELECT (SELECT count(*) FROM durable.activities) + (SELECT count(*) FROM durable.workers)"));
        Assert.Equal(0L, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.instances WHERE worker_id IS NOT NULL"));
    }

    [Fact]
    public async Task Stop_ActivityOutlastsTheDrain_IsCancelledAndHandedBack()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var attempts = new ConcurrentQueue<string>();
        Task<DurableHost> Host(string name, Func<CancellationToken, Task> work) => DurableHost.StartAsync(
            database,
            tasks => tasks.AddOrchestratorFunc<string>("Call", context => context.CallActivityAsync<string>("Work")),
            options => options.DrainTimeout = TimeSpan.FromMilliseconds(100),
            catalog => catalog.AddActivity("Work", async (_, _, _, cancellation) =>
            {
                attempts.Enqueue(name);
                await work(cancellation);
                return name;
            }));
        await using var first = await Host("first", cancellation => Task.Delay(Timeout.Infinite, cancellation));
        var id = await first.Client.ScheduleNewOrchestrationInstanceAsync("Call", limit.Token);
        await Eventually.TrueAsync(() => !attempts.IsEmpty, limit.Token);

        await first.StopAsync();
        await using var second = await Host("second", _ => Task.CompletedTask);

        Assert.Equal("second", (await second.Client.WaitForInstanceCompletionAsync(id, true, limit.Token)).ReadOutputAs<string>());
        Assert.Equal(["first", "second"], attempts);
    }
}
