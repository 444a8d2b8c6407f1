namespace Navi.Portable.Durable.Engine;

internal sealed class SubOrchestrationDecision(int taskId, string name, string version, string instanceId, string? input, string? tags)
    : Decision(taskId, EventKind.SubOrchestrationScheduled, name)
{
    public string Version { get; } = version;

    public string InstanceId { get; } = instanceId;

    public string? Input { get; } = input;

    public string? Tags { get; } = tags;
}
