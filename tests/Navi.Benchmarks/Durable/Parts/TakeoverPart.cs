using System.Diagnostics;
using System.Globalization;
using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>
/// Two workers advance chains that never end; the one that has the first chain is killed (SIGKILL) at a moment it can't foresee.
/// Timed for every chain that it had, from before the kill until a step decided by the other is committed.
/// </summary>
internal static class TakeoverPart
{
    private const int Chains = 4;
    private const int PerRound = 5;
    private const int Seed = 6;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(300);

    public static async Task RunAsync(PartRun run, CancellationToken cancellation)
    {
        var database = run.Database.ConnectionString;
        var random = new Random(Seed);
        await using var observer = await DurableNode.StartAsync(database, worker: false, cancellation);
        var workflows = new Workflows(observer.Client);
        var workers = new List<WorkerProcess>();
        try
        {
            for (var i = 0; i < 2; i++) workers.Add(await WorkerProcess.JoinedAsync(database, cancellation));
            var chains = await Task.WhenAll(Enumerable.Range(0, Chains).Select(_ => workflows.StartAsync(BenchTasks.Endless, 0, cancellation)));
            var timings = new Timings();
            var kills = run.Options.Rounds * PerRound;
            for (var kill = 0; kill < kills; kill++)
            {
                await Task.Delay(Settled + TimeSpan.FromMilliseconds(random.Next(300)), cancellation);
                var before = await Task.WhenAll(chains.Select(PositionAsync));
                var victim = workers.Single(w => w.Id == before[0].Process);
                var killed = Stopwatch.GetTimestamp();
                var dying = victim.KillAsync();
                var had = chains.Zip(before).Where(c => c.Second.Process == victim.Id).Select(c => c.First);
                timings.AddRange(await Task.WhenAll(had.Select(chain => TakenAsync(chain, victim.Id, killed))));
                await dying;
                workers.Remove(victim);
                await victim.DisposeAsync();
                workers.Add(await WorkerProcess.JoinedAsync(database, cancellation));
            }
            run.Report.Add(DurableLine.Of("kill -9 to next step", "navi", Chains, timings) with
            {
                Figures = new Dictionary<string, double> { ["kills"] = kills }, Bars = [Bars.Takeover(timings.P95Ms)],
            });
        }
        finally
        {
            // What never ends is not worth a stop in good order.
            foreach (var worker in workers)
            {
                await worker.KillAsync();
                await worker.DisposeAsync();
            }
        }

        async Task<long> TakenAsync(string chain, int victim, long killed)
        {
            while ((await PositionAsync(chain)).Process == victim) await Task.Delay(Look, cancellation);
            return Stopwatch.GetTimestamp() - killed;
        }

        // The orchestrator says which process decides; it can be read when the decision is committed.
        async Task<(int Step, int Process)> PositionAsync(string chain)
        {
            while (true)
            {
                var found = await observer.Client.GetInstanceAsync(chain, getInputsAndOutputs: true, cancellation) ?? throw new InvalidOperationException($"The chain {chain} is lost.");
                if (found.IsCompleted) throw new InvalidOperationException($"The chain {chain} ended as {found.RuntimeStatus}: {found.FailureDetails}");
                if (found.ReadCustomStatusAs<string>() is { } status && status.Split(':') is [var step, var process])
                    return (int.Parse(step, CultureInfo.InvariantCulture), int.Parse(process, CultureInfo.InvariantCulture));
                await Task.Delay(Look, cancellation);
            }
        }
    }
}
