namespace Navi.Platform.Tasks.Events;

/// <summary>One event of a task, numbered per task from 1 without gaps.</summary>
public sealed class TaskEvent
{
    /// <summary>Number within the task.</summary>
    public long Seq { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Kind, such as <c>call_finished</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>JSON object with the kind's members.</summary>
    public string Data { get; init; } = "{}";
}
