namespace Navi.Portable.Durable.Engine;

internal sealed class SendEventDecision(int taskId, string eventName, string instanceId, string? payload) : Decision(taskId, EventKind.EventSent, eventName)
{
    public string InstanceId { get; } = instanceId;

    public string? Payload { get; } = payload;
}
