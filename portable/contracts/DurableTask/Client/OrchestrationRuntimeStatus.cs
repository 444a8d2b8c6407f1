namespace Microsoft.DurableTask.Client;

public enum OrchestrationRuntimeStatus
{
    Running = 0,
    Completed = 1,

    [Obsolete("The ContinuedAsNew status is obsolete: an instance that continues as new stays Running.")]
    ContinuedAsNew = 2,
    Failed = 3,

    [Obsolete("The Canceled status is not used.")]
    Canceled = 4,
    Terminated = 5,
    Pending = 6,
    Suspended = 7,
}
