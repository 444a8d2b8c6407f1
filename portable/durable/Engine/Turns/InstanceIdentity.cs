using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Engine;

/// <summary>What does not change while an execution lasts.</summary>
internal sealed record InstanceIdentity(
    string InstanceId, long Incarnation, int Execution, string Name, string Version, string? Input, ParentOrchestrationInstance? Parent);
