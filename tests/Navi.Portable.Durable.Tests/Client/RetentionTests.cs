using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using Navi.Portable.Durable.Tests.Support;
using Navi.Portable.Durable.Worker;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Client;

public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(7);

    private Conformance run = null!;
    private NpgsqlDataSource data = null!;

    public async ValueTask InitializeAsync()
    {
        run = await Conformance.StartAsync(1000, tasks =>
        {
            tasks.AddOrchestratorFunc<string, string>("Echo", (_, input) => input);
            tasks.AddOrchestratorFunc("Parent", async context =>
            {
                await context.CallSubOrchestratorAsync<string>("Echo", "x", new SubOrchestrationOptions(instanceId: context.InstanceId + "-sub"));
                context.SetCustomStatus("waiting");
                await context.WaitForExternalEvent<string>("go");
            });
        });
        data = NpgsqlDataSource.Create(run.Database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await data.DisposeAsync();
        await run.DisposeAsync();
    }

    [Fact]
    public async Task Run_EndedLongAgo_IsRemovedWithItsHistoryAndTheRestStays()
    {
        await run.RunAsync("Echo", "x", new StartOrchestrationOptions("old"));
        await run.RunAsync("Echo", "x", new StartOrchestrationOptions("young"));
        await AgeAsync("old");

        Assert.Equal(1, await RunAsync(Age));

        Assert.Null(await run.Client.GetInstanceAsync("old", run.Limit));
        Assert.NotNull(await run.Client.GetInstanceAsync("young", run.Limit));
        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.history WHERE instance_id = 'old'"));
    }

    [Fact]
    public async Task Run_ParentStillRuns_KeepsItsSubOrchestration()
    {
        await run.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("p"), run.Limit);
        await run.StatusOf("p", "waiting");
        await AgeAsync("p-sub");
        var meanwhile = await RunAsync(Age);
        await run.Client.RaiseEventAsync("p", "go", "on", run.Limit);
        await run.EndOf("p");

        Assert.Equal((0, 1), (meanwhile, await RunAsync(Age)));
        Assert.NotNull(await run.Client.GetInstanceAsync("p", run.Limit));
    }

    [Fact]
    public async Task Run_MoreThanOneRunMayRemove_StopsAtItsBound()
    {
        const int most = Retention.BatchSize * Retention.MostBatches;
        await Sql.ExecuteAsync(
            run.Database,
            $"INSERT INTO durable.instances (instance_id, name, status, completed_at) SELECT 'i' || n, 'Echo', 1, now() - interval '1 year' FROM generate_series(1, {most + 5}) n");

        Assert.Equal((most, 5, 0), (await RunAsync(Age), await RunAsync(Age), await RunAsync(Age)));
    }

    [Fact]
    public async Task Run_AnotherWorkerIsAtIt_LeavesItToThat()
    {
        await run.RunAsync("Echo", "x", new StartOrchestrationOptions("old"));
        await AgeAsync("old");
        await using (var other = await data.OpenConnectionAsync(run.Limit))
        {
            await using var transaction = await other.BeginTransactionAsync(run.Limit);
            await using (var take = new NpgsqlCommand("SELECT pg_advisory_xact_lock(durable.worker_lock(), -1)", other)) await take.ExecuteNonQueryAsync(run.Limit);
            Assert.Equal(0, await RunAsync(Age));
        }

        Assert.Equal(1, await RunAsync(Age));
    }

    [Fact]
    public async Task Run_NoAge_KeepsEverything()
    {
        await run.RunAsync("Echo", "x", new StartOrchestrationOptions("old"));
        await AgeAsync("old");

        Assert.Equal(0, await RunAsync(null));
    }

    [Fact]
    public async Task Worker_WithARetention_RemovesByItself()
    {
        await using var worker = await Conformance.StartAsync(1000, CommonTasks.Register, options => options.Retention = Age);
        var id = (await worker.RunAsync("Echo", "x")).InstanceId;
        await Sql.ExecuteAsync(worker.Database, "UPDATE durable.instances SET completed_at = now() - interval '8 days'");

        await Eventually.TrueAsync(async () => await worker.Client.GetInstanceAsync(id, worker.Limit) is null, worker.Limit);
    }

    private Task<int> RunAsync(TimeSpan? age) => new Retention(data, age, NullLogger.Instance).RunAsync(run.Limit);

    private Task AgeAsync(string id) =>
        Sql.ExecuteAsync(run.Database, $"UPDATE durable.instances SET completed_at = now() - interval '8 days' WHERE instance_id = '{id}'");
}
