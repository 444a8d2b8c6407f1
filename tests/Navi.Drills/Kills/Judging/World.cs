using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Navi.Drills.Kills.Judging;

/// <summary>
/// The world that effects happen in, and the judge: a server on a free port of 127.0.0.1 outside of the workers and the database. What a worker says is
/// appended to its ledger before the worker is answered, so a worker that dies can't take back what it did.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Lock held = new();
    private readonly List<WorldEntry> ledger = [];
    // Of each instance, what was said last.
    private readonly Dictionary<string, WorldEntry> last = [];
    private readonly List<Takeover> takeovers = [];
    private readonly List<Task> listening = [];
    private readonly Task accepting;
    private Trap? trap;

    public World()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>How many attempts have begun.</summary>
    public int Executions { get; private set; }

    /// <summary>The ledger so far.</summary>
    public IReadOnlyList<WorldEntry> Entries
    {
        get
        {
            lock (held)
                return [.. ledger];
        }
    }

    /// <summary>Lets something happen the next time this worker says this.</summary>
    public Task<WorldEntry> TrapAsync(string worker, string what, Action<WorldEntry> spring)
    {
        var set = new Trap(worker, what, spring, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (held)
            trap = set;
        return set.Sprung.Task;
    }

    /// <summary>Takes back a trap that was not sprung; false when it was.</summary>
    public bool Untrap()
    {
        lock (held)
        {
            var set = trap is not null;
            trap = null;
            return set;
        }
    }

    /// <summary>Begins to measure how long the steps that a worker has in hand take to be followed by the next ones, elsewhere. Called at the moment of its death.</summary>
    /// <param name="worker">The dying one.</param>
    /// <param name="said">What it said last, and had not been answered; null when that is not known.</param>
    public Takeover Watch(string worker, WorldEntry? said)
    {
        lock (held)
        {
            // In hand for certain: begun and not yet said to be done, or said and not answered.
            var inHand = last.Values.Where(e => e.HasNext && e.Worker == worker && (e.What == "begin" || e == said));
            var takeover = new Takeover(worker, Stopwatch.GetTimestamp(), inHand.ToDictionary(e => e.Instance, e => e.Key));
            takeovers.Add(takeover);
            return takeover;
        }
    }

    /// <summary>Waits until everything that workers have said is in the ledger: they must be dead.</summary>
    public async Task HearOutAsync()
    {
        Task[] all;
        lock (held)
            all = [.. listening];
        await Task.WhenAll(all);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient worker;
            try
            {
                worker = await listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            worker.NoDelay = true;
            var hearing = HearAsync(worker);
            lock (held)
                listening.Add(hearing);
        }
    }

    private async Task HearAsync(TcpClient worker)
    {
        using (worker)
        {
            try
            {
                using var reader = new StreamReader(worker.GetStream());
                await using var writer = new StreamWriter(worker.GetStream()) { AutoFlush = true };
                while (await reader.ReadLineAsync() is { } line)
                {
                    // A line cut off by its sender's death was not said.
                    if (line.Split('|') is not [var what, var key, var name])
                        return;
                    Append(new WorldEntry(Stopwatch.GetTimestamp(), what, key, name));
                    await writer.WriteLineAsync("ok");
                }
            }
            catch (IOException)
            {
                // It is dead.
            }
        }
    }

    private void Append(WorldEntry entry)
    {
        Trap? sprung = null;
        lock (held)
        {
            ledger.Add(entry);
            last[entry.Instance] = entry;
            if (entry.What == "begin")
            {
                Executions++;
                takeovers.RemoveAll(t => t.Saw(entry));
            }
            if (trap is { } set && set.Worker == entry.Worker && set.What == entry.What)
                (sprung, trap) = (set, null);
        }
        if (sprung is null)
            return;
        sprung.Spring(entry);
        sprung.Sprung.SetResult(entry);
    }
}
