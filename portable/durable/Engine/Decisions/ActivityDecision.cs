namespace Navi.Portable.Durable.Engine;

internal sealed class ActivityDecision(int taskId, string name, string version, string? input) : Decision(taskId, EventKind.ActivityScheduled, name)
{
    public string Version { get; } = version;

    public string? Input { get; } = input;

    public override bool AsksTheSameAs(Decision other) =>
        base.AsksTheSameAs(other) && other is ActivityDecision activity && Version == activity.Version && Input == activity.Input;
}
