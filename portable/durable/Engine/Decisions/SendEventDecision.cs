namespace Navi.Portable.Durable.Engine;

internal sealed class SendEventDecision(int taskId, string eventName, string instanceId, string? payload) : Decision(taskId, EventKind.EventSent, eventName)
{
    public string InstanceId { get; } = instanceId;

    public string? Payload { get; } = payload;

    public override bool AsksTheSameAs(Decision other) =>
        base.AsksTheSameAs(other) && other is SendEventDecision sent && (InstanceId, Payload) == (sent.InstanceId, sent.Payload);
}
