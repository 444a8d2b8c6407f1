namespace Navi.Portable.Durable.Worker;

/// <summary>
/// Bounds how many calls run at once. While calls are short, some more are taken on ahead and wait in a row: a call that is claimed with the
/// turn that makes it costs no write of its own, and its result no way through the database. Where calls are long, others may have places for them.
/// </summary>
internal sealed class ActivityPlaces(int places, TimeProvider time)
{
    // What is taken on ahead should wait no longer than this, and is let go when it has waited much longer.
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(200);
    private const int MostAhead = 8;
    private const double Weight = 1.0 / 16;

    // How many places at once are left to calls that wait in the database, while some do and calls of the row would take them all.
    private readonly int share = Math.Max(1, places / 4);
    private readonly Lock gate = new();
    private readonly Queue<(RunningActivity Call, long Since)> row = [];
    private bool owed;
    private int left;
    private int reserved;
    private int running;
    private double average = TimeSpan.FromSeconds(1).TotalMilliseconds;
    private long ended = time.GetTimestamp();

    /// <summary>Whether calls wait in the row.</summary>
    public bool HasRow
    {
        get
        {
            lock (gate) return row.Count > 0;
        }
    }

    /// <summary>Reserves room for up to so many calls, ahead where calls are short; each is used by <see cref="TryRun"/> or given back.</summary>
    public int Reserve(int wanted)
    {
        lock (gate) return Take(wanted, places + Ahead());
    }

    /// <summary>
    /// Reserves places for calls that wait in the database: half of those that are free, or all. When there is none, some of those that
    /// become free next are left for them: else the calls of this process would go before older ones for ever. Ends with <see cref="Claimed"/>.
    /// </summary>
    public int ReserveFree(bool all)
    {
        lock (gate)
        {
            var free = places - running - reserved - row.Count;
            var taken = free > 0 ? (all ? free : Math.Max(1, free / 2)) : left;
            owed = taken == 0;
            left = 0;
            reserved += taken;
            return taken;
        }
    }

    /// <summary>So many of the places that <see cref="ReserveFree"/> gave are not needed; answers calls of the row that have one now.</summary>
    public IReadOnlyList<RunningActivity> Claimed(int unused)
    {
        lock (gate)
        {
            reserved -= unused;
            var next = new List<RunningActivity>();
            while (running < places && next.Count < unused && row.TryDequeue(out var first))
            {
                running++;
                next.Add(first.Call);
            }
            return next;
        }
    }

    public void GiveBack(int count)
    {
        lock (gate) reserved -= count;
    }

    /// <summary>Uses what was reserved for a call. False: it waits in the row, <paramref name="first"/> as the only one.</summary>
    public bool TryRun(RunningActivity call, out bool first)
    {
        lock (gate)
        {
            reserved--;
            first = false;
            if (running < places)
            {
                running++;
                return true;
            }
            first = row.Count == 0;
            row.Enqueue((call, time.GetTimestamp()));
            return false;
        }
    }

    /// <summary>A call has ended; answers the one that has its place now, if one waits.</summary>
    public RunningActivity? End(TimeSpan took)
    {
        lock (gate)
        {
            average += (took.TotalMilliseconds - average) * Weight;
            ended = time.GetTimestamp();
            if (owed)
            {
                left++;
                owed = left < share;
            }
            else if (row.TryDequeue(out var next))
            {
                return next.Call;
            }
            running--;
            return null;
        }
    }

    /// <summary>Takes those out of the row that have waited too long: the calls before them are not as short as they were.</summary>
    public IReadOnlyList<RunningActivity> TakeStale()
    {
        lock (gate)
        {
            var stale = new List<RunningActivity>();
            while (row.TryPeek(out var first) && time.GetElapsedTime(first.Since) > LongestWait) stale.Add(row.Dequeue().Call);
            return stale;
        }
    }

    /// <summary>Takes all out of the row.</summary>
    public IReadOnlyList<RunningActivity> TakeRow()
    {
        lock (gate)
        {
            RunningActivity[] waiting = [.. row.Select(place => place.Call)];
            row.Clear();
            return waiting;
        }
    }

    private int Take(int wanted, int room)
    {
        var taken = Math.Max(0, Math.Min(wanted, room - running - reserved - row.Count));
        reserved += taken;
        return taken;
    }

    // When all places are taken and nothing has ended for a while, the average tells nothing of what runs now.
    private int Ahead() =>
        running == places && time.GetElapsedTime(ended) > Wait ? 0 : (int)Math.Min(MostAhead * places, places * Wait.TotalMilliseconds / Math.Max(average, 0.01));
}
