namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>A task that streams of this process follow.</summary>
internal sealed class FollowedTask(TimelinePosition start)
{
    /// <summary>How far the watcher has handed on.</summary>
    public TimelinePosition Position { get; private set; } = start;

    /// <summary>Where to.</summary>
    public HashSet<EventQueue> Queues { get; } = [];

    public void HandOn(TaskEvent item)
    {
        Position = Position with { After = item.Seq };
        foreach (var queue in Queues)
            queue.Offer(item);
    }
}
