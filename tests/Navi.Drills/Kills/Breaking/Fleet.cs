using System.Diagnostics;

namespace Navi.Drills.Kills.Breaking;

/// <summary>The workers.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly List<Task> starting = [];

    public Fleet(int size, string connectionString, int world, string trees) => Slots = [.. Enumerable.Range(1, size).Select(n => new WorkerSlot(n, connectionString, world, trees))];

    public IReadOnlyList<WorkerSlot> Slots { get; }

    public Task StartAsync(CancellationToken cancellation) => Task.WhenAll(Slots.Select(s => s.StartAsync(cancellation)));

    /// <summary>None is being started, or was just now.</summary>
    public bool IsWhole => Slots.All(s => s.IsSettled);

    /// <summary>A worker to be harmed, when others are left to take over.</summary>
    /// <param name="random">Chooses it.</param>
    /// <param name="whole">Waits until none is being started, or was just now; else one other that works will do.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TimeoutException">Workers did not come back.</exception>
    public async Task<WorkerSlot> VictimAsync(Random random, bool whole, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            foreach (var failed in starting.Where(s => s.IsFaulted))
                await failed;
            WorkerSlot[] working = [.. Slots.Where(s => s.Works)];
            if (whole ? IsWhole : working.Length > 1)
                return working[random.Next(working.Length)];
            if (waited.Elapsed > TimeSpan.FromMinutes(2))
                throw new TimeoutException("Workers that were killed did not start again.");
            await Task.Delay(20, cancellation);
        }
    }

    /// <summary>Starts a process in the place of one that was killed; does not wait for it.</summary>
    public void Replace(WorkerSlot slot, CancellationToken cancellation) => starting.Add(slot.StartAsync(cancellation));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(starting.Select(s => s.ContinueWith(_ => { }, TaskScheduler.Default)));
        foreach (var slot in Slots)
            await slot.DisposeAsync();
    }
}
