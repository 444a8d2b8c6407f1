namespace Navi.Portable.Durable.Engine;

internal sealed class SubOrchestrationDecision(int taskId, string name, string version, string instanceId, string? input, string? tags)
    : Decision(taskId, EventKind.SubOrchestrationScheduled, name)
{
    public string Version { get; } = version;

    public string InstanceId { get; } = instanceId;

    public string? Input { get; } = input;

    public string? Tags { get; } = tags;

    public override bool AsksTheSameAs(Decision other) =>
        base.AsksTheSameAs(other) && other is SubOrchestrationDecision sub && (Version, InstanceId, Input, Tags) == (sub.Version, sub.InstanceId, sub.Input, sub.Tags);
}
