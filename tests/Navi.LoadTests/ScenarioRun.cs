using System.Diagnostics;
using Navi.LoadTests.Driving;
using Navi.LoadTests.Reporting;
using Navi.LoadTests.Scenarios;
using Navi.LoadTests.Watching;
using Navi.LoadTests.World;

namespace Navi.LoadTests;

/// <summary>One scenario from the start of its NAVI to its figures.</summary>
internal static class ScenarioRun
{
    private const int WarmUpSeed = 1;
    private const int Seed = 2;

    /// <summary>Runs it on a NAVI and a PostgreSQL of its own, so that no scenario depends on the one before.</summary>
    public static async Task<ScenarioResult> RunAsync(LoadScenario scenario, LoadOptions options, CancellationToken cancellation)
    {
        await using var world = await LoadWorld.StartAsync(scenario.MostUsers, scenario.Throttled, options.FailEvery, options.InstantModel, options.Settings, cancellation);
        await using var database = new DatabaseWatch(world.Cluster.ConnectionString);
        var (navi, durable) = (await database.BytesAsync("navi", cancellation), await database.BytesAsync("durable", cancellation));
        var known = new KnownTasks();
        var warmUp = new Recorder();
        // Code is compiled and pools are filled before it counts. Failures are told all the same.
        var warming = new LoadScenario("warm-up", "", Math.Min(scenario.MostUsers, 20), options.WarmUp);
        await OpenLoop.RunAsync(warming, world.Target(WarmUpSeed), warmUp, known, Stopwatch.GetTimestamp(), cancellation);

        var since = TimeProvider.System.GetUtcNow();
        var throttled = await ModelRecords.ThrottledAsync(world.Provider.Address, cancellation);
        ResourceUse use;
        var began = Stopwatch.GetTimestamp();
        var recorder = new Recorder { WindowEnd = began + (long)(scenario.Length.TotalSeconds * Stopwatch.Frequency) };
        await using (var watch = await ResourceWatch.StartAsync(world, database, cancellation))
        {
            await OpenLoop.RunAsync(scenario, world.Target(Seed), recorder, known, began, cancellation);
            use = await watch.EndAsync();
        }
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        throttled = await ModelRecords.ThrottledAsync(world.Provider.Address, cancellation) - throttled;
        var growth = new GrowthResult(
            warmUp.Tasks.Count + recorder.Tasks.Count, await database.BytesAsync("navi", cancellation) - navi, await database.BytesAsync("durable", cancellation) - durable,
            DiskUse.Of(Path.Combine(world.NaviHome, "workspaces")));
        var (all, routes) = ScenarioSums.Requests(LoadBenchmark.Name, scenario.MostUsers, recorder.Requests, scenario.Length);
        var (late, latest) = ScenarioSums.Lateness(recorder.Requests);
        return new ScenarioResult(
            scenario.Name, scenario.Described, scenario.MostUsers, since, Math.Round(seconds, 1), options.WarmUp.TotalSeconds, warmUp.Requests.Count,
            warmUp.Requests.Count(r => !Recorder.Good.Contains(r.Status)) + warmUp.Tasks.Count(t => !Recorder.Done.Contains(t.Outcome)),
            all, routes, ScenarioSums.Tasks(recorder.Tasks, scenario.Length), await ModelRecords.ReadAsync(world.Cluster.ConnectionString, since, throttled, cancellation), use, growth, late, latest,
            await FailedTasks.ReadAsync(world.Cluster.ConnectionString, since, cancellation));
    }
}
