using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;

namespace Navi.Portable.Durable.Worker;

/// <summary>Clients of this process that wait for an instance to change.</summary>
internal sealed class InstanceWaiters
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<OrchestrationMetadata?>> waiting = new();

    /// <summary>
    /// A task that ends when the instance changes next; take it before looking at the instance. It has the instance, without its payloads,
    /// where it ended in this process.
    /// </summary>
    public Task<OrchestrationMetadata?> Next(string instanceId) =>
        waiting.GetOrAdd(instanceId, _ => new TaskCompletionSource<OrchestrationMetadata?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(string instanceId, OrchestrationMetadata? ended = null)
    {
        if (waiting.TryRemove(instanceId, out var source)) source.TrySetResult(ended);
    }
}
