namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>
/// One stream's events: each once and in order. They come from the watcher; what lies before the stream's beginning, and what it was too slow
/// to take, is read from the database. Only one caller at a time. Disposing it ends the following.
/// </summary>
public sealed class TaskEventFeed : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly EventQueue queue;
    private readonly EventReader reader;
    private readonly TimeProvider time;
    private readonly Action leave;
    private readonly CancellationTokenSource closing = new();
    private TimelinePosition position;
    private long readUpTo;
    private Task<List<TaskEvent>?>? reading;

    internal TaskEventFeed(TimelinePosition start, long readUpTo, EventQueue queue, EventReader reader, TimeProvider time, Action leave)
    {
        position = start;
        this.readUpTo = readUpTo;
        this.queue = queue;
        this.reader = reader;
        this.time = time;
        this.leave = leave;
    }

    /// <summary>Number of the last event that was returned.</summary>
    public long Last => position.After;

    internal (int Events, int Characters) Held => queue.Held;

    /// <summary>The next events; none when there are none within <paramref name="patience"/>, also because the database does not answer.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<IReadOnlyList<TaskEvent>> NextAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task something;
            if (position.After < readUpTo)
            {
                reading ??= reader.ReadAsync(position, closing.Token);
                something = reading;
                if (reading.IsCompleted)
                {
                    var read = Advance(await reading);
                    if (read is { Count: > 0 })
                        return read;
                    if (read is not null)
                        continue;
                    // The database is away. The wait for the next attempt is bounded by the caller's patience.
                    something = Task.Delay(RetryPause, time, cancellation);
                }
            }
            else if (Accept(queue.Take()) is { Count: > 0 } taken)
                return taken;
            else if (position.After < readUpTo)
                continue;
            else
                something = queue.Arrival;
            var left = patience - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return [];
            await something.WaitAsync(left, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the following; nothing is held for it afterwards.</summary>
    public void Dispose()
    {
        closing.Cancel();
        leave();
    }

    private List<TaskEvent>? Advance(List<TaskEvent>? read)
    {
        reading = null;
        if (read is { Count: > 0 })
            position = position with { After = read[^1].Seq };
        // Numbers that the database does not have any more went with their task.
        else if (read is not null)
            readUpTo = position.After;
        return read;
    }

    private List<TaskEvent> Accept((IReadOnlyList<TaskEvent> Events, long? ReadUpTo) taken)
    {
        readUpTo = Math.Max(readUpTo, taken.ReadUpTo ?? 0);
        var accepted = new List<TaskEvent>(taken.Events.Count);
        foreach (var item in taken.Events.Where(e => e.Seq > position.After))
        {
            if (item.Seq != position.After + 1)
            {
                // Something lies between: the database has it, and this event too.
                readUpTo = item.Seq;
                break;
            }
            position = position with { After = item.Seq };
            accepted.Add(item);
        }
        return accepted;
    }
}
