namespace Navi.Portable.Durable.Engine;

internal sealed class ActivityDecision(int taskId, string name, string version, string? input) : Decision(taskId, EventKind.ActivityScheduled, name)
{
    public string Version { get; } = version;

    public string? Input { get; } = input;
}

internal sealed class TimerDecision(int taskId, DateTime fireAt) : Decision(taskId, EventKind.TimerCreated, null)
{
    public DateTime FireAt { get; } = fireAt;

    /// <summary>Cancelled in the turn that created it: the step stays in history, no timer is stored.</summary>
    public bool Cancelled { get; set; }
}

internal sealed class SubOrchestrationDecision(int taskId, string name, string version, string instanceId, string? input, string? tags)
    : Decision(taskId, EventKind.SubOrchestrationScheduled, name)
{
    public string Version { get; } = version;

    public string InstanceId { get; } = instanceId;

    public string? Input { get; } = input;

    public string? Tags { get; } = tags;
}

internal sealed class SendEventDecision(int taskId, string eventName, string instanceId, string? payload) : Decision(taskId, EventKind.EventSent, eventName)
{
    public string InstanceId { get; } = instanceId;

    public string? Payload { get; } = payload;
}
