namespace Navi.Portable.Durable.Engine;

/// <summary>Something that an orchestrator asked for: one row of history and one effect on the tables when its turn commits.</summary>
internal abstract class Decision(int taskId, EventKind kind, string? name)
{
    public int TaskId { get; } = taskId;

    public EventKind Kind { get; } = kind;

    public string? Name { get; } = name;

    /// <summary>Whether the other one asks for the same thing in every particular, as opposed to what history keeps of it.</summary>
    public virtual bool AsksTheSameAs(Decision other) => Kind == other.Kind && Name == other.Name;

    public override string ToString() => $"step {TaskId}, {Describe(Kind, Name)}";

    public static string Describe(EventKind kind, string? name) => kind switch
    {
        EventKind.ActivityScheduled => $"activity '{name}'",
        EventKind.SubOrchestrationScheduled => $"sub-orchestration '{name}'",
        EventKind.EventSent => $"sent event '{name}'",
        EventKind.TimerCreated => "timer",
        _ => kind.ToString(),
    };
}
