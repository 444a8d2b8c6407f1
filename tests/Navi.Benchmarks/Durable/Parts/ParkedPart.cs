using System.Diagnostics;
using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;
using Navi.LoadTests.Watching;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>Many instances wait for an event; a worker is started on their database, has nothing to do, and is looked at. Then one of them is told.</summary>
internal static class ParkedPart
{
    private const int Starters = 100;
    private const int Looks = 20;

    public static async Task RunAsync(PartRun run, CancellationToken cancellation)
    {
        var database = run.Database.ConnectionString;
        var began = Stopwatch.GetTimestamp();
        var last = "";
        await using (var node = await DurableNode.StartAsync(database, worker: true, cancellation))
        {
            var workflows = new Workflows(node.Client);
            await Burst.RunAsync(Starters, run.Options.Parked, TimeSpan.MaxValue, _ => ParkAsync(), null, cancellation);

            async Task ParkAsync()
            {
                var instance = await workflows.StartAsync(BenchTasks.Parked, 0, cancellation);
                // Started is not parked: it must have had its turn.
                await node.Client.WaitForInstanceStartAsync(instance, cancellation);
                last = instance;
            }
        }
        var made = Stopwatch.GetElapsedTime(began);
        await using var worker = await WorkerProcess.JoinedAsync(database, cancellation);
        var most = 0L;
        for (var look = 0; look < Looks; look++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            most = Math.Max(most, ProcessTimes.Memory(worker.Id));
        }
        await using var observer = await DurableNode.StartAsync(database, worker: false, cancellation);
        var waking = new Workflows(observer.Client);
        var raised = Stopwatch.GetTimestamp();
        await waking.RaiseAsync(last, cancellation);
        await waking.EndAsync(last, cancellation);
        var woken = Stopwatch.GetElapsedTime(raised);
        var megabytes = Math.Round(most / 1048576.0, 1);
        run.Report.Add(new DurableLine("parked instances", "navi", run.Options.Parked, Looks)
        {
            Figures = new Dictionary<string, double>
            {
                ["resident_mb"] = megabytes, ["event_to_completion_ms"] = Math.Round(woken.TotalMilliseconds, 1), ["seconds_to_make"] = Math.Round(made.TotalSeconds, 1),
                ["schema_mb"] = Math.Round(await run.Database.SchemaBytesAsync(cancellation) / 1048576.0, 1),
            },
            Bars = [Bars.Parked(megabytes)],
        });
    }
}
