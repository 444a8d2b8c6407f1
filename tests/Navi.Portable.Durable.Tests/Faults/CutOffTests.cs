using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;
using Navi.Testing.Postgres;

namespace Navi.Portable.Durable.Tests.Faults;

/// <summary>Nothing passes between a worker and the server for longer than its lease; then everything that was held back does.</summary>
public sealed class CutOffTests
{
    [Theory, BothModes]
    public async Task Result_OfAWorkerThatWasCutOffBeyondItsLease_IsFenced(int sticky)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var proxy = PostgresProxy.Start(database.ConnectionString);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var runs = new ConcurrentQueue<string>();
        var (one, two) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var behind = await HostAsync("behind", proxy.ConnectionString, one.Task);
        var id = await behind.Client.ScheduleNewOrchestrationInstanceAsync("Call", limit.Token);
        await Eventually.TrueAsync(() => !runs.IsEmpty, limit.Token);
        await using var other = await HostAsync("other", database.ConnectionString, two.Task);

        proxy.Freeze();
        one.SetResult();
        // The server sees no connection end and so keeps the worker's lock: it is the lease that ends.
        await Eventually.TrueAsync(() => runs.Contains("other"), limit.Token);
        proxy.Thaw();
        // Each has place for one call, and the other one's is taken: when this is done, the late result has come.
        await other.Client.WaitForInstanceCompletionAsync(await other.Client.ScheduleNewOrchestrationInstanceAsync("CallQuick", limit.Token), limit.Token);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await other.Client.GetInstanceAsync(id, limit.Token))!.RuntimeStatus);
        two.SetResult();
        Assert.Equal("other", (await other.Client.WaitForInstanceCompletionAsync(id, true, limit.Token)).ReadOutputAs<string>());
        Assert.Equal(["behind", "other"], runs);
        Assert.Equal(1L, await Sql.ScalarAsync<long>(database, $"SELECT count(*) FROM durable.history WHERE instance_id = '{id}' AND kind = 4"));

        Task<DurableHost> HostAsync(string name, string connectionString, Task gate) => DurableHost.StartAsync(
            connectionString,
            tasks =>
            {
                tasks.AddActivityFunc("Name", async _ =>
                {
                    runs.Enqueue(name);
                    await gate;
                    return name;
                });
                tasks.AddActivityFunc("Quick", _ => { });
                tasks.AddOrchestratorFunc<string>("Call", context => context.CallActivityAsync<string>("Name"));
                tasks.AddOrchestratorFunc("CallQuick", context => context.CallActivityAsync("Quick"));
            },
            options =>
            {
                options.StickyInstances = sticky;
                options.LeaseDuration = TimeSpan.FromSeconds(1);
                options.MaxConcurrentActivities = 1;
            });
    }
}
