using System.Net.Sockets;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing.Postgres;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Faults;

/// <summary>The server goes away and comes back while two workers and a client are at work.</summary>
public sealed class RestartTests
{
    private const int Steps = 8;
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(150));

    [Theory, BothModes]
    public async Task Server_RestartedUnderLoad_LosesNothingAndAnswersNothingWrong(int sticky)
    {
        await using var cluster = await RestartableCluster.StartAsync(limit.Token);
        await using var one = await WorkerAsync(cluster, sticky);
        await using var two = await WorkerAsync(cluster, sticky);
        await using var asking = await DurableHost.StartAsync(cluster.ConnectionString, _ => { }, options => options.RunWorker = false);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var clients = Task.WhenAll(Enumerable.Range(0, 6).Select(n => AskAsync(asking.Client, n, enough.Token)));

        // Each time under work that is accepted and not done.
        foreach (var mode in new[] { "immediate", "fast", "immediate" })
        {
            await EndedAsync(cluster, 5);
            await cluster.RestartAsync(mode, limit.Token);
        }
        await enough.CancelAsync();

        Assert.All(await clients, Assert.Empty);
        await Eventually.TrueAsync(async () => await CountAsync(cluster, "status NOT IN (1, 3, 5)") == 0, limit.Token);
        Assert.Equal(0L, await CountAsync(cluster, $"status <> 1 OR output <> '{Steps}'"));
        Assert.Equal(0L, await ScalarAsync(cluster, "SELECT count(*) FROM (SELECT 1 FROM durable.history WHERE task_id IS NOT NULL GROUP BY instance_id, task_id, kind HAVING count(*) > 1) r"));
        await Eventually.TrueAsync(() => one.Worker.LockBackend is not null && two.Worker.LockBackend is not null, limit.Token);
    }

    private static Task<DurableHost> WorkerAsync(RestartableCluster cluster, int sticky) => DurableHost.StartAsync(
        cluster.ConnectionString,
        tasks =>
        {
            tasks.AddActivityFunc<int, int>("Add", async (_, value) =>
            {
                await Task.Delay(20);
                return value + 1;
            });
            tasks.AddOrchestratorFunc<int>("Chain", async context =>
            {
                var value = 0;
                for (var step = 0; step < Steps; step++) value = await context.CallActivityAsync<int>("Add", value);
                return value;
            });
        },
        options => options.StickyInstances = sticky);

    // Starts and reads all the time; answers what it was told that can't be.
    private static async Task<IReadOnlyList<string>> AskAsync(DurableTaskClient client, int number, CancellationToken enough)
    {
        var wrong = new List<string>();
        for (var n = 0; !enough.IsCancellationRequested; n++)
        {
            var id = $"{number}-{n}";
            await PatientlyAsync(async () =>
            {
                try
                {
                    var once = new StartOrchestrationOptions { InstanceId = id }.WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);
                    await client.ScheduleNewOrchestrationInstanceAsync("Chain", null, once, enough);
                }
                catch (OrchestrationAlreadyExistsException)
                {
                    // Accepted by a call whose answer got lost.
                }
            });
            if (enough.IsCancellationRequested) break;
            OrchestrationMetadata? found = null;
            await PatientlyAsync(async () =>
            {
                found = await client.GetInstanceAsync(id, true, enough);
                if (found is null) wrong.Add($"{id} was accepted and is not there");
            });
            await PatientlyAsync(async () => found = await client.WaitForInstanceCompletionAsync(id, true, enough));
            if (found is { IsCompleted: true } && found.SerializedOutput != $"{Steps}") wrong.Add($"{id} is {found.RuntimeStatus} with {found.SerializedOutput}");
        }
        return wrong;

        async Task PatientlyAsync(Func<Task> call)
        {
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    await call();
                    return;
                }
                catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException or IOException)
                {
                    // What callers see while the server is away; anything else fails the test.
                    await Task.Delay(50, CancellationToken.None);
                }
                catch (OperationCanceledException) when (enough.IsCancellationRequested)
                {
                    return;
                }
            }
        }
    }

    private async Task EndedAsync(RestartableCluster cluster, int more)
    {
        var wanted = await CountAsync(cluster, "status = 1") + more;
        await Eventually.TrueAsync(async () => await CountAsync(cluster, "status = 1") >= wanted, limit.Token);
    }

    private static Task<long> CountAsync(RestartableCluster cluster, string which) => ScalarAsync(cluster, $"SELECT count(*) FROM durable.instances WHERE {which}");

    private static async Task<long> ScalarAsync(RestartableCluster cluster, string sql)
    {
        // Never a connection from before a restart.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
