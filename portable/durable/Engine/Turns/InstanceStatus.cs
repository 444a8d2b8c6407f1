namespace Navi.Portable.Durable.Engine;

/// <summary>Status numbers as stored; the same as OrchestrationRuntimeStatus.</summary>
internal enum InstanceStatus : short
{
    Running = 0,
    Completed = 1,
    Failed = 3,
    Terminated = 5,
    Pending = 6,
    Suspended = 7,
}
