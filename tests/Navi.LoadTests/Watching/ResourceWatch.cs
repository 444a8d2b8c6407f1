using System.Diagnostics;
using Navi.LoadTests.World;

namespace Navi.LoadTests.Watching;

/// <summary>Watches processes and connections once a second, from its start until it is asked for what it saw.</summary>
internal sealed class ResourceWatch : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    // Seldom: it stops NAVI for a fraction of a second, which counts among the latencies.
    private const double CollectEverySeconds = 200;
    private readonly CancellationTokenSource ending = new();
    private readonly DatabaseWatch database;
    private readonly LoadWorld world;
    private readonly int server;
    private readonly Task watching;
    private readonly List<(double Seconds, long Bytes)> memory = [];
    private readonly List<LiveMemory> live = [];
    private readonly List<IReadOnlyList<DatabaseSample>> pools = [];
    private readonly Dictionary<string, int> waits = [];
    private readonly ProcessorUse before;
    private readonly long began = Stopwatch.GetTimestamp();

    private ResourceWatch(LoadWorld world, DatabaseWatch database, int server)
    {
        (this.world, this.database, this.server) = (world, database, server);
        before = ProcessorUse.Of(world, server);
        watching = WatchAsync();
    }

    public static async Task<ResourceWatch> StartAsync(LoadWorld world, DatabaseWatch database, CancellationToken cancellation) => new(world, database, await database.ServerAsync(cancellation));

    /// <summary>What was used until now.</summary>
    public ProcessorUse Used => ProcessorUse.Of(world, server) - before;

    /// <summary>Seconds since the start.</summary>
    public double Seconds => Stopwatch.GetElapsedTime(began).TotalSeconds;

    /// <summary>Ends the watch and returns what it saw.</summary>
    public async Task<ResourceUse> EndAsync()
    {
        var (used, seconds) = (Used, Seconds);
        await ending.CancelAsync();
        await watching;
        await CollectAsync(CancellationToken.None);
        var busy = pools.SelectMany(p => p).GroupBy(p => p.Pool).OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new PoolUse(g.Max(p => p.Open), g.Max(p => p.Busy), Math.Round((double)g.Sum(p => p.Busy) / pools.Count, 2)));
        return new ResourceUse(
            used.Per(seconds), memory[0].Bytes >> 20, memory.Max(m => m.Bytes) >> 20, memory[^1].Bytes >> 20, Math.Round(Trend.SlopeOfSecondHalf(memory) * 3600 / (1 << 20), 1),
            live, busy, pools.Count, pools.Max(p => p.Sum(s => s.Open)), waits.OrderByDescending(w => w.Value).Take(5).ToDictionary());
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching;
        ending.Dispose();
    }

    private async Task CollectAsync(CancellationToken cancellation)
    {
        var heap = await world.Navi.LiveBytesAsync(cancellation);
        live.Add(new LiveMemory(Math.Round(Seconds, 1), Megabytes(heap), Megabytes(ProcessTimes.Memory(world.Navi.ProcessId))));
    }

    private static double Megabytes(long bytes) => Math.Round(bytes / (double)(1 << 20), 1);

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
            {
                if (live.Count == 0 || Seconds - live[^1].Seconds >= CollectEverySeconds)
                    await CollectAsync(ending.Token);
                // Ended sandboxes that nobody lets go fill the system's table of processes and slow every start of another.
                _ = SandboxTimes.Seconds();
                memory.Add((Seconds, ProcessTimes.Memory(world.Navi.ProcessId)));
                pools.Add(await database.PoolsAsync(ending.Token));
                foreach (var wait in await database.WaitsAsync(ending.Token))
                    waits[wait] = waits.GetValueOrDefault(wait) + 1;
            }
            while (await timer.WaitForNextTickAsync(ending.Token));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end of the watch.
        }
    }
}
