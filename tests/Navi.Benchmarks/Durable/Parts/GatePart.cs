using System.Diagnostics;
using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>W2: an activity, a wait for an event, an activity; timed from the event to the end, as one who decides sees it.</summary>
internal static class GatePart
{
    public const string Shape = "W2 event to completion";

    public static async Task RunAsync(PartRun run, CancellationToken cancellation)
    {
        await using var node = await DurableNode.StartAsync(run.Database.ConnectionString, worker: true, cancellation);
        await using var floors = await CommitFloors.OpenAsync(run.Database.ConnectionString, cancellation);
        var workflows = new Workflows(node.Client);
        var timings = new Timings();
        foreach (var gate in await WaitingAsync(run.Options.WarmUp)) await DecideAsync(gate);
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            foreach (var gate in await WaitingAsync(ShapeSizes.Alone))
            {
                await floors.SampleAloneAsync(ShapeSizes.Commits, cancellation);
                timings.Add(await DecideAsync(gate));
            }
        }
        await floors.SampleAloneAsync(ShapeSizes.Commits, cancellation);
        run.Report.Add(floors.AloneLine("W2"));
        run.Report.Add(DurableLine.Of(Shape, "navi", 1, timings) with
        {
            Bars = [Bars.GateMedian(timings.P50Ms, floors.Alone.P50Ms), Bars.GateTail(timings.P95Ms, floors.Alone.P50Ms)],
        });

        async Task<IReadOnlyList<string>> WaitingAsync(int gates)
        {
            var started = await Task.WhenAll(Enumerable.Range(0, gates).Select(_ => workflows.StartAsync(BenchTasks.Gate, 0, cancellation)));
            foreach (var gate in started) await workflows.WaitingAsync(gate, cancellation);
            return started;
        }

        async Task<long> DecideAsync(string gate)
        {
            var raised = Stopwatch.GetTimestamp();
            await workflows.RaiseAsync(gate, cancellation);
            await workflows.EndAsync(gate, cancellation);
            return Stopwatch.GetTimestamp() - raised;
        }
    }
}
