using System.Diagnostics;
using System.Globalization;
using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>
/// A worker that has never seen an instance is told of an event: from the moment the event is committed until the orchestrator's code has come past everything that it had done before.
/// That is the wake-up, the claim, the reading of the history and the replay.
/// </summary>
internal static class ReplayPart
{
    private const int JudgedEvents = 1500;
    private const int PerRound = 5;
    private const int AtOnce = 20;

    private static readonly int[] Events = [10, 100, 500, JudgedEvents];

    public static async Task RunAsync(PartRun run, CancellationToken cancellation)
    {
        var database = run.Database.ConnectionString;
        var instances = new Dictionary<int, IReadOnlyList<string>>();
        IReadOnlyList<string> warming;
        await using (var first = await DurableNode.StartAsync(database, worker: true, cancellation))
        {
            var workflows = new Workflows(first.Client);
            // How many rows an activity makes is the runtime's matter: two instances tell.
            var none = await RecordedAsync(run.Database, await MakeAsync(workflows, 0, 1, cancellation), cancellation);
            var perActivity = await RecordedAsync(run.Database, await MakeAsync(workflows, 1, 1, cancellation), cancellation) - none;
            foreach (var events in Events)
                instances[events] = await MakeAsync(workflows, (int)Math.Ceiling((events - none) / perActivity), run.Options.Rounds * PerRound, cancellation);
            warming = await MakeAsync(workflows, 3, run.Options.WarmUp, cancellation);
        }
        await using var fresh = await DurableNode.StartAsync(database, worker: true, cancellation);
        foreach (var instance in warming) await RecoverAsync(instance);
        foreach (var events in Events)
        {
            var (recovery, replay, committed) = (new Timings(), new Timings(), new Timings());
            var recorded = await RecordedAsync(run.Database, instances[events], cancellation);
            foreach (var instance in instances[events])
            {
                var (raised, ended) = await RecoverAsync(instance);
                var (began, passed) = fresh.Recoveries.Of(instance);
                recovery.Add(passed - raised);
                replay.Add(passed - began);
                committed.Add(ended - raised);
            }
            run.Report.Add(DurableLine.Of(string.Create(CultureInfo.InvariantCulture, $"recovery of {events} events"), "navi", 1, recovery) with
            {
                Figures = new Dictionary<string, double> { ["recorded_events"] = recorded, ["replay_p50_ms"] = replay.P50Ms, ["turn_committed_p50_ms"] = committed.P50Ms },
                Bars = events == JudgedEvents ? [Bars.Recovery(recovery.P50Ms)] : null,
            });
        }

        async Task<(long Raised, long Ended)> RecoverAsync(string instance)
        {
            var workflows = new Workflows(fresh.Client);
            await workflows.RaiseAsync(instance, cancellation);
            var raised = Stopwatch.GetTimestamp();
            await workflows.EndAsync(instance, cancellation);
            return (raised, Stopwatch.GetTimestamp());
        }
    }

    private static async Task<IReadOnlyList<string>> MakeAsync(Workflows workflows, int activities, int count, CancellationToken cancellation)
    {
        var made = new List<string>();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(AtOnce))
        {
            var started = await Task.WhenAll(chunk.Select(_ => workflows.StartAsync(BenchTasks.Recovered, activities, cancellation)));
            foreach (var instance in started) await workflows.WaitingAsync(instance, cancellation);
            made.AddRange(started);
        }
        return made;
    }

    /// <summary>Rows of history of an instance, on average.</summary>
    private static async Task<double> RecordedAsync(BenchDatabase database, IReadOnlyList<string> instances, CancellationToken cancellation) =>
        (double)await database.ScalarAsync<long>($"SELECT count(*) FROM durable.history WHERE instance_id IN ({string.Join(',', instances.Select(i => $"'{i}'"))})", cancellation) / instances.Count;
}
