using System.Collections.Concurrent;
using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>
/// The same workload for one, two and four processes in turn; then chains that come one after the other, by themselves and while a hot instance gets events without end. Times are the database's, since the client that waits is another process.
/// </summary>
internal static class WorkersPart
{
    private const int Chains = 600;
    private const int Ordinary = 200;
    private const int Starters = 50;
    private const int EventsAtOnce = 4;
    private static readonly int[] Processes = [1, 2, 4];
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    public static async Task RunAsync(PartRun run, CancellationToken cancellation)
    {
        await using var client = await DurableNode.StartAsync(run.Database.ConnectionString, worker: false, cancellation);
        var workflows = new Workflows(client.Client);
        await using var pool = await WorkerPool.StartAsync(run.Database.ConnectionString, Processes[^1], cancellation);
        await pool.JoinAsync(Processes[^1], cancellation);
        await FixedAsync(workflows, run.Options.WarmUp * Processes[^1], cancellation);
        await pool.LeaveAsync(cancellation);
        var rates = Processes.ToDictionary(p => p, _ => new Rates());
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            foreach (var processes in Processes)
            {
                await pool.JoinAsync(processes, cancellation);
                rates[processes].Add(await FixedAsync(workflows, Chains, cancellation));
                await pool.LeaveAsync(cancellation);
            }
        }
        foreach (var processes in Processes)
        {
            run.Report.Add(DurableLine.Of("chains on N processes", "navi", processes, rates[processes]) with
            {
                Bars = processes == 1 ? null : [Bars.Processes(processes, rates[processes].Median, rates[1].Median)],
            });
        }
        foreach (var processes in Processes)
        {
            await pool.JoinAsync(processes, cancellation);
            var alone = await PacedAsync(workflows, cancellation);
            run.Report.Add(await BesideHotAsync(workflows, client, processes, alone, cancellation));
            await pool.LeaveAsync(cancellation);
        }
    }

    /// <summary>Starts so many chains as fast as can be and waits for all; steps per second from the first start to the last end.</summary>
    private static async Task<double> FixedAsync(Workflows workflows, int chains, CancellationToken cancellation)
    {
        var started = new ConcurrentBag<string>();
        await Burst.RunAsync(Starters, chains, TimeSpan.MaxValue, async _ => started.Add(await workflows.StartAsync(BenchTasks.Chain, 0, cancellation)), null, cancellation);
        var (first, last) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var chain in started)
        {
            var end = await workflows.EndAsync(chain, cancellation);
            first = end.CreatedAt < first ? end.CreatedAt : first;
            last = end.LastUpdatedAt > last ? end.LastUpdatedAt : last;
        }
        return chains * BenchTasks.ChainLength / (last - first).TotalSeconds;
    }

    /// <summary>Starts chains one after the other, whether or not those before have ended; how long each took.</summary>
    private static async Task<Timings> PacedAsync(Workflows workflows, CancellationToken cancellation)
    {
        var chains = new List<string>();
        for (var i = 0; i < Ordinary; i++)
        {
            chains.Add(await workflows.StartAsync(BenchTasks.Chain, 0, cancellation));
            await Task.Delay(Pace, cancellation);
        }
        var timings = new Timings();
        foreach (var chain in chains)
        {
            var end = await workflows.EndAsync(chain, cancellation);
            timings.AddMs((end.LastUpdatedAt - end.CreatedAt).TotalMilliseconds);
        }
        return timings;
    }

    private static async Task<DurableLine> BesideHotAsync(Workflows workflows, DurableNode client, int processes, Timings alone, CancellationToken cancellation)
    {
        var hot = await workflows.StartAsync(BenchTasks.Hot, 0, cancellation);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var raised = 0;
        var raising = Task.WhenAll(Enumerable.Range(0, EventsAtOnce).Select(_ => RaiseAsync()));
        Timings timings;
        try
        {
            timings = await PacedAsync(workflows, cancellation);
        }
        finally
        {
            await enough.CancelAsync();
            await raising;
        }
        await client.Client.TerminateInstanceAsync(hot, cancellation: cancellation);
        await client.Client.WaitForInstanceCompletionAsync(hot, cancellation);
        return DurableLine.Of("chains beside a hot instance", "navi", processes, timings) with
        {
            Figures = new Dictionary<string, double> { ["events_to_the_hot_one"] = raised, ["p50_ms_without_it"] = alone.P50Ms, ["max_ms_without_it"] = alone.MaxMs },
            Bars = [Bars.Starvation(timings.MaxMs, timings.P50Ms)],
        };

        async Task RaiseAsync()
        {
            try
            {
                while (true)
                {
                    await workflows.RaiseAsync(hot, enough.Token);
                    Interlocked.Increment(ref raised);
                }
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested)
            {
                // Enough.
            }
        }
    }
}
