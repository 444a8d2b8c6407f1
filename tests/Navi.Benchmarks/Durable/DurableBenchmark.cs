using System.Runtime.InteropServices;
using Navi.Benchmarks.Durable.Parts;
using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;
using Navi.Measuring;

namespace Navi.Benchmarks.Durable;

/// <summary><c>navi bench durable</c>: the durable runtime beside the floors of this machine, part after part.</summary>
internal static class DurableBenchmark
{
    public const string Name = "durable";

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
        foreach (var part in options.Parts)
        {
            await using var database = await BenchDatabase.MakeAsync(cluster.ConnectionString, $"bench_{part}", cancellation);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(part == DurableParts.Mixed ? options.Length + Patience : Patience);
            try
            {
                await MeasureAsync(part, new PartRun(options, database, report), limit.Token);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // The other parts are worth their figures.
                var reason = e is OperationCanceledException && limit.IsCancellationRequested ? $"it did not end within {Patience.TotalMinutes:0} minutes" : $"{e.GetType().Name}: {e.Message}";
                report.Add(new DurableLine(part, "navi", 0, 0) { Failure = reason });
            }
        }
        report.End();
        return report.IsWhole ? 0 : 1;
    }

    private static Task MeasureAsync(string part, PartRun run, CancellationToken cancellation) => part switch
    {
        DurableParts.Floors => FloorsPart.RunAsync(run, cancellation),
        DurableParts.Chain => ChainPart.RunAsync(run, cancellation),
        DurableParts.Gate => GatePart.RunAsync(run, cancellation),
        DurableParts.Fan => FanPart.RunAsync(run, cancellation),
        DurableParts.Replay => ReplayPart.RunAsync(run, cancellation),
        DurableParts.Takeover => TakeoverPart.RunAsync(run, cancellation),
        DurableParts.Parked => ParkedPart.RunAsync(run, cancellation),
        DurableParts.Workers => WorkersPart.RunAsync(run, cancellation),
        DurableParts.Mixed => MixedPart.RunAsync(run, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no such part."),
    };
}
