using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>W3: twenty activities at once, ten workflows at a time.</summary>
internal static class FanPart
{
    public const string Shape = "W3 fan-out of 20";

    public static async Task RunAsync(PartRun run, CancellationToken cancellation)
    {
        await using var node = await DurableNode.StartAsync(run.Database.ConnectionString, worker: true, cancellation);
        await using var floors = await CommitFloors.OpenAsync(run.Database.ConnectionString, cancellation);
        var workflows = new Workflows(node.Client);
        await Burst.RunAsync(ShapeSizes.FansTogether, run.Options.WarmUp, TimeSpan.MaxValue, FanAsync, null, cancellation);
        var (rates, timings) = (new Rates(), new Timings());
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            await floors.SampleTogetherAsync(cancellation);
            rates.Add(BenchTasks.FanWidth * await Burst.RunAsync(ShapeSizes.FansTogether, int.MaxValue, ShapeSizes.Burst, FanAsync, timings, cancellation));
        }
        await floors.SampleTogetherAsync(cancellation);
        run.Report.Add(floors.TogetherLine("W3"));
        run.Report.Add(DurableLine.Of(Shape, "navi", ShapeSizes.FansTogether, rates, timings) with { Bars = [Bars.Fan(rates.Median, floors.Together.Median)] });

        Task FanAsync(int client) => workflows.RunAsync(BenchTasks.Fan, 0, cancellation);
    }
}
