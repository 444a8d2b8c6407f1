using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>W1: a chain of ten activities that do nothing, one at a time and fifty at a time.</summary>
internal static class ChainPart
{
    public const string Shape = "W1 chain of 10";

    /// <returns>Steps per second, fifty at a time.</returns>
    public static async Task<double> RunAsync(PartRun run, CancellationToken cancellation)
    {
        await using var node = await DurableNode.StartAsync(run.Database.ConnectionString, worker: true, cancellation);
        await using var floors = await CommitFloors.OpenAsync(run.Database.ConnectionString, cancellation);
        var workflows = new Workflows(node.Client);
        await Burst.RunAsync(1, run.Options.WarmUp, TimeSpan.MaxValue, ChainAsync, null, cancellation);
        var alone = new Timings();
        for (var chain = 0; chain < run.Options.Rounds * ShapeSizes.Alone; chain++)
        {
            await floors.SampleAloneAsync(ShapeSizes.Commits, cancellation);
            await Burst.RunAsync(1, 1, TimeSpan.MaxValue, ChainAsync, alone, cancellation);
        }
        await floors.SampleAloneAsync(ShapeSizes.Commits, cancellation);
        run.Report.Add(floors.AloneLine("W1"));
        run.Report.Add(DurableLine.Of(Shape, "navi", 1, alone) with { Bars = [Bars.ChainAlone(alone.P50Ms, floors.Alone.P50Ms)] });

        await Burst.RunAsync(ShapeSizes.ChainsTogether, run.Options.WarmUp, TimeSpan.MaxValue, ChainAsync, null, cancellation);
        var (rates, timings) = (new Rates(), new Timings());
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            await floors.SampleTogetherAsync(cancellation);
            rates.Add(BenchTasks.ChainLength * await Burst.RunAsync(ShapeSizes.ChainsTogether, int.MaxValue, ShapeSizes.Burst, ChainAsync, timings, cancellation));
        }
        await floors.SampleTogetherAsync(cancellation);
        run.Report.Add(floors.TogetherLine("W1"));
        run.Report.Add(DurableLine.Of(Shape, "navi", ShapeSizes.ChainsTogether, rates, timings) with { Bars = [Bars.ChainTogether(rates.Median, floors.Together.Median)] });
        return rates.Median;

        Task ChainAsync(int client) => workflows.RunAsync(BenchTasks.Chain, 0, cancellation);
    }
}
