using System.Diagnostics;
using Navi.LoadTests.Driving;
using Navi.LoadTests.Reporting;
using Navi.LoadTests.Watching;
using Navi.LoadTests.World;
using Navi.Measuring;

namespace Navi.LoadTests.Costs;

/// <summary>Measures processor time by differences: an idle NAVI, each kind of request by itself, and tasks with everything that belongs to them.</summary>
internal static class UnitCostRun
{
    private const int Users = 4;
    private const int Requests = 400;
    private const int WarmUpRequests = 100;
    // As many as are measured: less leaves code uncompiled whose compilation would count as the tasks'.
    private const int WarmUpTasks = 24;
    private const int Tasks = 24;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<UnitCosts> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        await using var world = await LoadWorld.StartAsync(Users, 0, options.FailEvery, instant: true, options.Settings, cancellation);
        var start = Stopwatch.GetTimestamp();
        await using var database = new DatabaseWatch(world.Cluster.ConnectionString);
        var server = await database.ServerAsync(cancellation);
        var (navi, durable) = (await database.BytesAsync("navi", cancellation), await database.BytesAsync("durable", cancellation));
        var known = new KnownTasks();
        var warm = new Recorder();
        await FlowsAsync("warm-up", WarmUpTasks, warm);

        await using var warmMemory = new MemoryPeak(world.Navi.ProcessId);
        var (before, began) = (ProcessorUse.Of(world, server), Stopwatch.GetTimestamp());
        await Task.Delay(IdleTime, cancellation);
        var idleSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var idle = (ProcessorUse.Of(world, server) - before).Per(idleSeconds);
        var idleMemory = ProcessTimes.Memory(world.Navi.ProcessId);
        var connections = (await database.PoolsAsync(cancellation)).Sum(p => p.Open);

        var task = known.Any(new Random(1))!.Value;
        var costs = new List<UnitCost>();
        foreach (var (route, path) in new[] { (LoadClient.List, "/v1/tasks"), (LoadClient.Read, $"/v1/tasks/{task}"), (LoadClient.Pending, "/v1/checkpoints?status=pending"), (LoadClient.Diff, $"/v1/tasks/{task}/diff") })
        {
            await AskAsync(WarmUpRequests, route, path, warm);
            costs.Add(await CostAsync(route, async recorder =>
            {
                await AskAsync(Requests, route, path, recorder);
                return recorder.Requests.Select(r => Recorder.Good.Contains(r.Status));
            }));
        }
        var warmMost = await warmMemory.EndAsync();
        await using var taskMemory = new MemoryPeak(world.Navi.ProcessId);
        var since = TimeProvider.System.GetUtcNow();
        costs.Add(await CostAsync("task", async recorder =>
        {
            await FlowsAsync("measured", Tasks, recorder);
            return recorder.Tasks.Select(t => Recorder.Done.Contains(t.Outcome));
        }));
        var taskMost = await taskMemory.EndAsync();
        var beginning = before.Navi - (WarmUpTasks * costs[^1].Each.Navi) - (idle.Navi * Stopwatch.GetElapsedTime(start, began).TotalSeconds);
        var model = await ModelRecords.ReadAsync(world.Cluster.ConnectionString, since, 0, cancellation);
        // A task whose idempotency key was used before is the one of then, and costs nothing.
        if (model.Calls < Tasks)
            throw new InvalidOperationException($"{Tasks} tasks made {model.Calls} model calls: no work of theirs was measured.");
        var growth = new GrowthResult(
            WarmUpTasks + Tasks, await database.BytesAsync("navi", cancellation) - navi, await database.BytesAsync("durable", cancellation) - durable, DiskUse.Of(Path.Combine(world.NaviHome, "workspaces")));
        return new UnitCosts(
            since, Math.Round(idleSeconds, 1), idle, idleMemory >> 20, warmMost >> 20, connections, Math.Round(Math.Max(0, beginning), 1), costs,
            Math.Round((double)Math.Max(0, taskMost - warmMost) / Tasks / (1 << 20), 1), Math.Round((double)model.Calls / Tasks, 1), model, growth);

        async Task<UnitCost> CostAsync(string what, Func<Recorder, Task<IEnumerable<bool>>> work)
        {
            var recorder = new Recorder();
            var (used, asked) = (ProcessorUse.Of(world, server), Stopwatch.GetTimestamp());
            var good = (await work(recorder)).ToList();
            var net = ProcessorUse.Of(world, server) - used - idle.Per(1 / Stopwatch.GetElapsedTime(asked).TotalSeconds);
            return new UnitCost(what, good.Count, good.Count(g => !g), net.Per(good.Count));
        }

        Task AskAsync(int count, string route, string path, Recorder recorder)
        {
            var clients = world.Users.Tokens.Select(t => new LoadClient(world.Http, t, recorder)).ToList();
            return ClosedLoop.RunAsync(Users, count, Limit, async (client, _) =>
            {
                await clients[client].SendAsync(route, HttpMethod.Get, path, null, Stopwatch.GetTimestamp(), cancellation);
                return "";
            }, cancellation);
        }

        Task FlowsAsync(string what, int count, Recorder recorder) => Task.WhenAll(Enumerable.Range(0, count).Select(n => new TaskFlow(
            new LoadClient(world.Http, world.Users.Tokens[n % Users], recorder), recorder, new Random(n), known).RunAsync(
            world.RepositoryPaths[n % world.RepositoryPaths.Count], $"Write a note about part {n} of {count}.", SimulatedServer.Entry, $"{what}-{n}", Stopwatch.GetTimestamp(), cancellation)));
    }
}
