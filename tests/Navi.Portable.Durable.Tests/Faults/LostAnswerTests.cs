using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;
using Navi.Testing.Postgres;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Faults;

/// <summary>The connection ends between the server's commit and its answer: what was committed stands, and whoever asked does not know it.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(90));
    private TestDatabase database = null!;
    private PostgresProxy proxy = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        proxy = PostgresProxy.Start(database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await database.DisposeAsync();
        limit.Dispose();
    }

    [Theory, BothModes]
    public async Task Turns_AnswersToTheirCommitsAreLost_CountOnce(int sticky)
    {
        var runs = new ConcurrentDictionary<int, int>();
        await using var host = await DurableHost.StartAsync(
            proxy.ConnectionString,
            tasks =>
            {
                tasks.AddActivityFunc<int, int>("Add", (_, value) =>
                {
                    runs.AddOrUpdate(value, 1, (_, count) => count + 1);
                    return value + 1;
                });
                tasks.AddOrchestratorFunc<int>("Chain", async context =>
                {
                    var value = 0;
                    for (var step = 0; step < 12; step++)
                    {
                        value = await context.CallActivityAsync<int>("Add", value);
                        if (step % 3 == 0) await context.WaitForExternalEvent<int>($"go-{step}");
                    }
                    return value;
                });
            },
            options =>
            {
                options.StickyInstances = sticky;
                // Nothing here may have to wait for the end of a lease.
                options.LeaseDuration = TimeSpan.FromMinutes(30);
            });
        await using var other = await DurableHost.StartAsync(database, _ => { }, options => options.RunWorker = false);
        var id = await other.Client.ScheduleNewOrchestrationInstanceAsync("Chain", limit.Token);

        for (var step = 0; step < 12; step += 3)
        {
            // The turn that takes the event is committed, and the worker does not hear of it.
            var lost = proxy.LoseNextCommitAsync(sql => sql.Contains("INSERT INTO durable.history", StringComparison.Ordinal));
            await other.Client.RaiseEventAsync(id, $"go-{step}", step, limit.Token);
            await lost.WaitAsync(limit.Token);
        }

        Assert.Equal(12, (await other.Client.WaitForInstanceCompletionAsync(id, true, limit.Token)).ReadOutputAs<int>());
        Assert.Equal(Enumerable.Range(0, 12), runs.Keys.Order());
        Assert.Equal(0L, await Sql.ScalarAsync<long>(
            database, "SELECT count(*) FROM (SELECT 1 FROM durable.history WHERE task_id IS NOT NULL GROUP BY task_id, kind HAVING count(*) > 1) r"));
        Assert.Equal(4L, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.history WHERE kind = 11"));
    }

    [Fact]
    public async Task Start_AnswerIsLost_IsAnErrorAndAccepted()
    {
        await using var host = await DurableHost.StartAsync(database, tasks => tasks.AddOrchestratorFunc("Done", _ => 1));
        await using var client = await DurableHost.StartAsync(proxy.ConnectionString, _ => { }, options => options.RunWorker = false);
        var lost = proxy.LoseNextCommitAsync(sql => sql.Contains("INSERT INTO durable.instances", StringComparison.Ordinal));
        var once = new StartOrchestrationOptions { InstanceId = "once" }.WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => client.Client.ScheduleNewOrchestrationInstanceAsync("Done", null, once, limit.Token));

        Assert.True(lost.IsCompletedSuccessfully);
        // Asked again it says that it is there: nobody has to guess.
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => client.Client.ScheduleNewOrchestrationInstanceAsync("Done", null, once, limit.Token));
        Assert.Equal(1, (await host.Client.WaitForInstanceCompletionAsync("once", true, limit.Token)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Start_AnswerIsLostToTheWorkerThatHasIt_IsRunAllTheSame()
    {
        await using var host = await DurableHost.StartAsync(
            proxy.ConnectionString,
            tasks => tasks.AddOrchestratorFunc("Done", _ => 1),
            // Nothing here may have to wait for the end of a lease.
            options => options.LeaseDuration = TimeSpan.FromMinutes(30));
        await using var other = await DurableHost.StartAsync(database, _ => { }, options => options.RunWorker = false);
        var lost = proxy.LoseNextCommitAsync(sql => sql.Contains("INSERT INTO durable.instances", StringComparison.Ordinal));

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync("Done", null, new StartOrchestrationOptions("once"), limit.Token));

        Assert.True(lost.IsCompletedSuccessfully);
        // It is claimed for a worker that never heard of it.
        Assert.Equal(1, (await other.Client.WaitForInstanceCompletionAsync("once", true, limit.Token)).ReadOutputAs<int>());
    }
}
