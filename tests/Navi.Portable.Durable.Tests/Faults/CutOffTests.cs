using System.Collections.Concurrent;
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
        var held = new TaskCompletionSource();
        await using var behind = await HostAsync("behind", proxy.ConnectionString, held.Task);
        var id = await behind.Client.ScheduleNewOrchestrationInstanceAsync("Call", limit.Token);
        await Eventually.TrueAsync(() => !runs.IsEmpty, limit.Token);
        await using var other = await HostAsync("other", database.ConnectionString, Task.CompletedTask);

        proxy.Freeze();
        held.SetResult();
        // The lock still stands, as the server sees no connection end: the lease ends it.
        var end = await other.Client.WaitForInstanceCompletionAsync(id, true, limit.Token);
        proxy.Thaw();

        Assert.Equal("other", end.ReadOutputAs<string>());
        Assert.Equal(["behind", "other"], runs);
        // It works again, and what it had to say has changed nothing.
        await Eventually.TrueAsync(() => behind.Worker.LockBackend is not null, limit.Token);
        await behind.Client.WaitForInstanceCompletionAsync(await behind.Client.ScheduleNewOrchestrationInstanceAsync("Call", limit.Token), limit.Token);
        Assert.Equal("other", (await other.Client.GetInstanceAsync(id, true, limit.Token))!.ReadOutputAs<string>());
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
                tasks.AddOrchestratorFunc<string>("Call", context => context.CallActivityAsync<string>("Name"));
            },
            options =>
            {
                options.StickyInstances = sticky;
                options.LeaseDuration = TimeSpan.FromSeconds(1);
            });
    }
}
