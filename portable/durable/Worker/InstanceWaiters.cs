using System.Collections.Concurrent;

namespace Navi.Portable.Durable.Worker;

/// <summary>Clients of this process that wait for an instance to change.</summary>
internal sealed class InstanceWaiters
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<HeardEnd?>> waiting = new();

    /// <summary>
    /// A task that ends when the instance changes next; take it before looking at the instance. It has the end where that
    /// came in this process.
    /// </summary>
    public Task<HeardEnd?> Next(string instanceId) =>
        waiting.GetOrAdd(instanceId, _ => new TaskCompletionSource<HeardEnd?>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(string instanceId, HeardEnd? ended = null)
    {
        if (waiting.TryRemove(instanceId, out var source)) source.TrySetResult(ended);
    }
}
