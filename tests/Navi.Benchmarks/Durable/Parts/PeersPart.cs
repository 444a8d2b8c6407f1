using Navi.Benchmarks.Durable.Peers;
using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>W1, W2 and W3 on another engine: as many, as often, with the same warm-up, while NAVI rests.</summary>
internal static class PeersPart
{
    private static readonly TimeSpan Unbounded = TimeSpan.FromHours(1);

    /// <param name="run">What was asked for.</param>
    /// <param name="name">Which engine.</param>
    /// <param name="directory">Where it is installed.</param>
    /// <param name="chainStepsPerS">NAVI's own steps per second of W1, fifty at a time; null when that was not measured.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task RunAsync(PartRun run, string name, string directory, double? chainStepsPerS, CancellationToken cancellation)
    {
        await using var peer = await Peer.StartAsync(name, directory, run.Database, cancellation);
        var (rounds, parts) = (run.Options.Rounds, run.Options.Parts);
        if (parts.Contains(DurableParts.Chain))
        {
            await peer.BurstAsync("chain", 1, run.Options.WarmUp, Unbounded, null, cancellation);
            var alone = new Timings();
            for (var round = 0; round < rounds; round++) await peer.BurstAsync("chain", 1, ShapeSizes.Alone, Unbounded, alone, cancellation);
            run.Report.Add(DurableLine.Of(ChainPart.Shape, name, 1, alone));
            await peer.BurstAsync("chain", ShapeSizes.ChainsTogether, run.Options.WarmUp, Unbounded, null, cancellation);
            var together = await TogetherAsync("chain", ChainPart.Shape, ShapeSizes.ChainsTogether, BenchTasks.ChainLength);
            run.Report.Add(name == Peer.Dbos && chainStepsPerS is { } ours ? together with { Bars = [Bars.ChainAgainstDbos(ours, together.StepsPerS!.Value)] } : together);
        }
        if (parts.Contains(DurableParts.Gate))
        {
            await peer.GatesAsync(run.Options.WarmUp, null, cancellation);
            var timings = new Timings();
            for (var round = 0; round < rounds; round++) await peer.GatesAsync(ShapeSizes.Alone, timings, cancellation);
            run.Report.Add(DurableLine.Of(GatePart.Shape, name, 1, timings));
        }
        if (parts.Contains(DurableParts.Fan))
        {
            await peer.BurstAsync("fan", ShapeSizes.FansTogether, run.Options.WarmUp, Unbounded, null, cancellation);
            run.Report.Add(await TogetherAsync("fan", FanPart.Shape, ShapeSizes.FansTogether, BenchTasks.FanWidth));
        }

        async Task<DurableLine> TogetherAsync(string shape, string title, int concurrency, int steps)
        {
            var (rates, timings) = (new Rates(), new Timings());
            for (var round = 0; round < rounds; round++)
                rates.Add(steps * await peer.BurstAsync(shape, concurrency, int.MaxValue, ShapeSizes.Burst, timings, cancellation));
            return DurableLine.Of(title, name, concurrency, rates, timings);
        }
    }
}
