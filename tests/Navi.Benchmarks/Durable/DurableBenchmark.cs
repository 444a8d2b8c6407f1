using System.Runtime.InteropServices;
using Navi.Benchmarks.Durable.Parts;
using Navi.Benchmarks.Durable.Peers;
using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;
using Navi.Measuring;

namespace Navi.Benchmarks.Durable;

/// <summary><c>navi bench durable</c>: the durable runtime beside the floors of this machine, part after part.</summary>
internal static class DurableBenchmark
{
    public const string Name = "durable";

    private const string Navi = "navi";

    private const string Setup =
        "PostgreSQL waits for the disk on every commit. c1 is the median of one row committed by one client, C50 the commits per second of 50 clients, both measured beside what they are compared with. "
        + "W1, W2 and W3 run in one process, client and worker together, with the runtime's default options; everything else in processes of their own.";

    // Far more than any of them takes; what hangs must not hang for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    public static async Task<int> RunAsync(DurableBenchOptions options, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            throw new UsageException("'durable' reads memory from Linux's /proc; this system has none.");
        await using var cluster = await PrivateCluster.StartAsync(cancellation);
        var report = new DurableReport(options.Json);
        report.Head(new DurableHead(
            new RunHead(TimeProvider.System.GetUtcNow(), Machine.Described, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription),
            await cluster.VersionAsync(cancellation), options.Rounds, options.WarmUp, options.Parts, Setup));
        double? chains = null;
        foreach (var part in options.Parts.Intersect(DurableParts.Shapes)) await PartAsync(part, Navi, ShapeAsync);
        if (options.Peers)
        {
            foreach (var peer in Peer.Names)
                await PartAsync(peer, peer, (_, run, limit) => PeersPart.RunAsync(run, peer, Path.Combine(cluster.Home, peer), chains, limit));
        }
        foreach (var part in options.Parts.Except(DurableParts.Shapes)) await PartAsync(part, Navi, OtherAsync);
        report.End();
        return report.IsWhole ? 0 : 1;

        async Task PartAsync(string part, string engine, Func<string, PartRun, CancellationToken, Task> measure)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var patience = part == DurableParts.Mixed ? options.Length + Patience : Patience;
            limit.CancelAfter(patience);
            try
            {
                await using var database = await BenchDatabase.MakeAsync(cluster.ConnectionString, $"bench_{part}", limit.Token);
                await measure(part, new PartRun(options, database, report), limit.Token);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // The other parts are worth their figures.
                var reason = e is OperationCanceledException && limit.IsCancellationRequested ? $"it did not end within {patience.TotalMinutes:0} minutes" : $"{e.GetType().Name}: {e.Message}";
                report.Add(new DurableLine(part, engine, 0, 0) { Failure = reason });
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Ctrl-C at a terminal ends the peers as well, and what was asked of them fails.
                throw new OperationCanceledException(e.Message, e, cancellation);
            }
        }

        async Task ShapeAsync(string part, PartRun run, CancellationToken limit)
        {
            if (part == DurableParts.Chain) chains = await ChainPart.RunAsync(run, limit);
            else if (part == DurableParts.Gate) await GatePart.RunAsync(run, limit);
            else await FanPart.RunAsync(run, limit);
        }
    }

    private static Task OtherAsync(string part, PartRun run, CancellationToken limit) => part switch
    {
        DurableParts.Floors => FloorsPart.RunAsync(run, limit),
        DurableParts.Replay => ReplayPart.RunAsync(run, limit),
        DurableParts.Takeover => TakeoverPart.RunAsync(run, limit),
        DurableParts.Parked => ParkedPart.RunAsync(run, limit),
        DurableParts.Workers => WorkersPart.RunAsync(run, limit),
        DurableParts.Mixed => MixedPart.RunAsync(run, limit),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no such part."),
    };
}
