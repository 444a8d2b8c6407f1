namespace Navi.Platform.Tasks.Events;

/// <summary>How far a task's events are known.</summary>
/// <param name="Organisation">Whose task it is.</param>
/// <param name="Task">The task.</param>
/// <param name="After">Number of the last event that is known.</param>
internal readonly record struct TimelinePosition(string Organisation, Guid Task, long After);
