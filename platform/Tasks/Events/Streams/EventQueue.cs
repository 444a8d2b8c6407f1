namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>
/// Events on their way from the watcher to one stream, of which it holds only so many: when the stream takes them too slowly, all are
/// dropped, and the stream is told up to which number it must read from the database. One thread offers, one other takes.
/// </summary>
/// <param name="offered">Number of the last event that is not offered here any more.</param>
internal sealed class EventQueue(long offered)
{
    /// <summary>Most events held.</summary>
    public const int MostEvents = 64;

    /// <summary>Most characters of their data together.</summary>
    public const int MostCharacters = TaskEventStore.MostCharacters;

    private readonly Lock gate = new();
    private readonly Queue<TaskEvent> events = new();
    private TaskCompletionSource arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int characters;
    private bool hasDropped;

    /// <summary>Completes when there is something to take.</summary>
    public Task Arrival
    {
        get
        {
            lock (gate)
                return arrival.Task;
        }
    }

    /// <summary>Events and characters held now.</summary>
    public (int Events, int Characters) Held
    {
        get
        {
            lock (gate)
                return (events.Count, characters);
        }
    }

    public void Offer(TaskEvent item)
    {
        lock (gate)
        {
            offered = item.Seq;
            if (!hasDropped && events.Count < MostEvents && characters + item.Data.Length <= MostCharacters)
            {
                events.Enqueue(item);
                characters += item.Data.Length;
            }
            else
            {
                hasDropped = true;
                Clear();
            }
            arrival.TrySetResult();
        }
    }

    /// <summary>Takes everything held; <c>ReadUpTo</c> is the number up to which the database must be read, because events were dropped.</summary>
    public (IReadOnlyList<TaskEvent> Events, long? ReadUpTo) Take()
    {
        lock (gate)
        {
            if (arrival.Task.IsCompleted)
                arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (hasDropped)
            {
                hasDropped = false;
                return ([], offered);
            }
            var taken = events.ToArray();
            Clear();
            return (taken, null);
        }
    }

    private void Clear()
    {
        events.Clear();
        characters = 0;
    }
}
