using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Faults;

/// <summary>Several processes on one database, and what becomes of the work of one that dies.</summary>
public sealed class SharedDatabaseTests : IAsyncLifetime
{
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(90));
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        limit.Dispose();
    }

    [Theory, BothModes]
    public async Task Work_TwoHosts_IsSharedAndEachStepIsOnce(int sticky)
    {
        var calls = new ConcurrentDictionary<string, int>();
        var workers = new ConcurrentDictionary<string, int>();
        Task<DurableHost> Host(string name) => DurableHost.StartAsync(
            database,
            tasks =>
            {
                tasks.AddActivityFunc<string>("Step", async (_, key) =>
                {
                    calls.AddOrUpdate(key, 1, (_, count) => count + 1);
                    workers.AddOrUpdate(name, 1, (_, count) => count + 1);
                    await Task.Delay(5);
                });
                tasks.AddOrchestratorFunc<int, int>("Chain", async (context, number) =>
                {
                    for (var step = 0; step < 4; step++) await context.CallActivityAsync("Step", $"{number}-{step}");
                    return number;
                });
            },
            options =>
            {
                options.StickyInstances = sticky;
                options.MaxConcurrentActivities = 2;
                options.MaxConcurrentOrchestrations = 2;
            });
        await using var one = await Host("one");
        await using var two = await Host("two");
        await using var client = await DurableHost.StartAsync(database, _ => { }, options => options.RunWorker = false);

        var ids = new List<string>();
        for (var number = 0; number < 30; number++) ids.Add(await client.Client.ScheduleNewOrchestrationInstanceAsync("Chain", number, limit.Token));
        foreach (var id in ids) Assert.Equal(OrchestrationRuntimeStatus.Completed, (await client.Client.WaitForInstanceCompletionAsync(id, limit.Token)).RuntimeStatus);

        Assert.Equal(120, calls.Count);
        Assert.All(calls.Values, count => Assert.Equal(1, count));
        Assert.Equal(2, workers.Count);
        Assert.Equal(0L, await Sql.ScalarAsync<long>(database, "SELECT (SELECT count(*) FROM durable.inbox) + (SELECT count(*) FROM durable.activities)"));
    }

    [Theory, BothModes]
    public async Task Activity_WorkerIsKilled_IsRunByAnotherLongBeforeTheLeaseEnds(int sticky)
    {
        var started = new ConcurrentQueue<string>();
        Task<DurableHost> Host(string name, Task gate) => DurableHost.StartAsync(
            database,
            tasks =>
            {
                tasks.AddActivityFunc("Long", async _ =>
                {
                    started.Enqueue(name);
                    await gate;
                    return name;
                });
                tasks.AddOrchestratorFunc<string>("Call", context => context.CallActivityAsync<string>("Long"));
            },
            options =>
            {
                options.StickyInstances = sticky;
                options.LeaseDuration = TimeSpan.FromMinutes(30);
            });
        var never = new TaskCompletionSource();
        await using var dying = await Host("dying", never.Task);
        var id = await dying.Client.ScheduleNewOrchestrationInstanceAsync("Call", limit.Token);
        await Eventually.TrueAsync(() => started.Contains("dying"), limit.Token);
        await using var other = await Host("other", Task.CompletedTask);

        await dying.KillAsync();

        var end = await other.Client.WaitForInstanceCompletionAsync(id, true, limit.Token);
        Assert.Equal("other", end.ReadOutputAs<string>());
        // The dead one wakes up late: what it has to say counts no more.
        never.SetResult();
        Assert.Equal(["dying", "other"], started);
    }

    [Fact]
    public async Task Work_OwnRestart_GoesOnAtOnce()
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc<string>("Wait", context =>
        {
            context.SetCustomStatus("waiting");
            return context.WaitForExternalEvent<string>("go");
        });
        await using var before = await DurableHost.StartAsync(database, Tasks, options => options.LeaseDuration = TimeSpan.FromMinutes(30));
        var id = await before.Client.ScheduleNewOrchestrationInstanceAsync("Wait", limit.Token);
        await Eventually.TrueAsync(async () => (await before.Client.GetInstanceAsync(id, true, limit.Token))!.SerializedCustomStatus is not null, limit.Token);
        await before.KillAsync();
        // As if it had died in the middle of a turn.
        await Sql.ExecuteAsync(database, "UPDATE durable.instances SET worker_id = (SELECT min(worker_id) FROM durable.workers), lease_until = now() + interval '1 hour'");
        await using var after = await DurableHost.StartAsync(database, Tasks);

        await after.Client.RaiseEventAsync(id, "go", "again", limit.Token);

        Assert.Equal("again", (await after.Client.WaitForInstanceCompletionAsync(id, true, limit.Token)).ReadOutputAs<string>());
        Assert.Equal(1L, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.workers"));
    }

    [Theory, BothModes]
    public async Task Turn_ClaimIsLostMeanwhile_ChangesNothing(int sticky)
    {
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var block = true;
        var effects = 0;
        await using var host = await DurableHost.StartAsync(
            database,
            tasks =>
            {
                tasks.AddActivityFunc("Effect", _ => { Interlocked.Increment(ref effects); });
                tasks.AddOrchestratorFunc("Done", _ => 1);
                tasks.AddOrchestratorFunc("Turn", async context =>
                {
                    if (Interlocked.Exchange(ref block, false))
                    {
                        inside.Set();
                        goOn.Wait(TimeSpan.FromSeconds(60));
                    }
                    await context.CallActivityAsync("Effect");
                });
            },
            options =>
            {
                options.StickyInstances = sticky;
                options.MaxConcurrentOrchestrations = 1;
            });
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Turn", limit.Token);
        await Eventually.TrueAsync(() => inside.IsSet, limit.Token);

        // Another worker has it now; the first one's turn ends after that.
        Assert.Equal(1, await Sql.ExecuteAsync(database, "UPDATE durable.instances SET worker_id = 999, lease_until = now() + interval '1 hour', epoch = epoch + 1"));
        goOn.Set();
        // There is place for one turn: when another instance's is done, the first one's is over.
        await host.Client.WaitForInstanceCompletionAsync(await host.Client.ScheduleNewOrchestrationInstanceAsync("Done", limit.Token), limit.Token);

        Assert.Equal(0L, await Sql.ScalarAsync<long>(database, $"SELECT count(*) FROM durable.history WHERE instance_id = '{id}'"));
        Assert.Equal(999L, await Sql.ScalarAsync<long>(database, $"SELECT worker_id FROM durable.instances WHERE instance_id = '{id}'"));
        Assert.Equal(0, effects);
        await Sql.ExecuteAsync(database, "UPDATE durable.instances SET worker_id = NULL WHERE worker_id = 999");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.WaitForInstanceCompletionAsync(id, limit.Token)).RuntimeStatus);
        Assert.Equal(1, effects);
    }

    [Theory, BothModes]
    public async Task Activity_ClaimIsLostMeanwhile_IsCancelledAndItsResultFenced(int sticky)
    {
        var tokens = new ConcurrentQueue<CancellationToken>();
        var gate = new TaskCompletionSource();
        await using var host = await DurableHost.StartAsync(
            database,
            tasks =>
            {
                tasks.AddActivityFunc("Quick", _ => { });
                tasks.AddOrchestratorFunc("CallQuick", context => context.CallActivityAsync("Quick"));
                tasks.AddOrchestratorFunc<string>("Call", context => context.CallActivityAsync<string>("Work"));
            },
            options =>
            {
                options.StickyInstances = sticky;
                options.MaxConcurrentActivities = 1;
                options.LeaseDuration = TimeSpan.FromSeconds(1);
            },
            catalog => catalog.AddActivity("Work", async (_, _, _, cancellation) =>
            {
                tokens.Enqueue(cancellation);
                if (tokens.Count > 1) return "second";
                await gate.Task;
                return "first";
            }));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Call", limit.Token);
        await Eventually.TrueAsync(() => tokens.Count == 1, limit.Token);

        await Sql.ExecuteAsync(database, "UPDATE durable.activities SET worker_id = 999, lease_until = now() + interval '1 hour', epoch = epoch + 1");
        await Eventually.TrueAsync(() => tokens.First().IsCancellationRequested, limit.Token);
        gate.SetResult();
        // There is place for one activity: when another one is done, the first is over.
        await host.Client.WaitForInstanceCompletionAsync(await host.Client.ScheduleNewOrchestrationInstanceAsync("CallQuick", limit.Token), limit.Token);

        Assert.Equal(1L, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.activities WHERE worker_id = 999"));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.Client.GetInstanceAsync(id, limit.Token))!.RuntimeStatus);
        await Sql.ExecuteAsync(database, "UPDATE durable.activities SET worker_id = NULL WHERE worker_id = 999");
        Assert.Equal("second", (await host.Client.WaitForInstanceCompletionAsync(id, true, limit.Token)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Lease_OfARunningActivity_IsRenewed()
    {
        var calls = 0;
        await using var one = await Host();
        await using var two = await Host();
        var id = await one.Client.ScheduleNewOrchestrationInstanceAsync("Call", limit.Token);

        await one.Client.WaitForInstanceCompletionAsync(id, limit.Token);

        Assert.Equal(1, calls);

        Task<DurableHost> Host() => DurableHost.StartAsync(
            database,
            tasks =>
            {
                // Three leases long.
                tasks.AddActivityFunc("Long", async _ =>
                {
                    Interlocked.Increment(ref calls);
                    await Task.Delay(TimeSpan.FromSeconds(3));
                });
                tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Long"));
            },
            options => options.LeaseDuration = TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task LockConnection_Terminated_IsTakenAgainUnderTheSameNumber()
    {
        await using var host = await DurableHost.StartAsync(database, tasks => tasks.AddOrchestratorFunc("Done", _ => 1));
        await Eventually.TrueAsync(() => host.Worker.LockBackend is not null, limit.Token);
        var (worker, backend) = (host.Worker.WorkerId, host.Worker.LockBackend);

        await Sql.ExecuteAsync(database, $"SELECT pg_terminate_backend({backend})");

        await Eventually.TrueAsync(() => host.Worker.LockBackend is { } now && now != backend, limit.Token);
        Assert.Equal(worker, host.Worker.WorkerId);
        await host.Client.WaitForInstanceCompletionAsync(await host.Client.ScheduleNewOrchestrationInstanceAsync("Done", limit.Token), limit.Token);
    }

    [Fact]
    public async Task Worker_TakenForDead_JoinsAnewAndGoesOn()
    {
        await using var host = await DurableHost.StartAsync(database, tasks => tasks.AddOrchestratorFunc("Done", _ => 1));
        await Eventually.TrueAsync(() => host.Worker.LockBackend is not null, limit.Token);
        var (worker, backend) = (host.Worker.WorkerId, host.Worker.LockBackend);

        await Sql.ExecuteAsync(database, $"DELETE FROM durable.workers; SELECT pg_terminate_backend({backend})");

        await Eventually.TrueAsync(() => host.Worker.WorkerId is { } now && now != worker, limit.Token);
        await host.Client.WaitForInstanceCompletionAsync(await host.Client.ScheduleNewOrchestrationInstanceAsync("Done", limit.Token), limit.Token);
    }
}
