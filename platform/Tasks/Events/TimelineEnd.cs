namespace Navi.Platform.Tasks.Events;

/// <summary>Where a task's timeline ends at one moment.</summary>
public sealed class TimelineEnd
{
    /// <summary>Number of its last event; every number up to it is committed.</summary>
    public long Last { get; init; }

    /// <summary>The task has ended.</summary>
    public bool IsFinished { get; init; }
}
