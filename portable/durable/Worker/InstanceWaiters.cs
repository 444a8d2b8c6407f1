using System.Collections.Concurrent;

namespace Navi.Portable.Durable.Worker;

/// <summary>Clients of this process that wait for an instance to change.</summary>
internal sealed class InstanceWaiters
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    /// <summary>A task that ends when the instance changes next; take it before looking at the instance.</summary>
    public Task Next(string instanceId) =>
        waiting.GetOrAdd(instanceId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(string instanceId)
    {
        if (waiting.TryRemove(instanceId, out var source)) source.TrySetResult();
    }
}
