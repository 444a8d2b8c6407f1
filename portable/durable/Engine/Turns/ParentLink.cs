namespace Navi.Portable.Durable.Engine;

/// <summary>Where a sub-orchestration's outcome goes: a step of one execution of its parent.</summary>
internal sealed record ParentLink(string InstanceId, string Name, long Incarnation, int Execution, int TaskId);
