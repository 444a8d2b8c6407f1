namespace Navi.Portable.Durable.Engine;

/// <summary>A sub-orchestration that a rewound orchestrator still waits for: rewound when it failed, left alone when it runs, heard when it is done, begun when it is gone.</summary>
internal sealed class RewoundSubOrchestration(SubOrchestrationDecision original, string? reason)
    : Decision(original.TaskId, EventKind.SubOrchestrationScheduled, original.Name)
{
    public SubOrchestrationDecision Original { get; } = original;

    public string? Reason { get; } = reason;
}
