using Navi.Portable.Durable.Engine;

namespace Navi.Portable.Durable.Worker;

/// <summary>
/// Orchestrators kept between turns, the longest unused dropped first. One is good for the next turn only when nobody else has
/// claimed its instance in between.
/// </summary>
internal sealed class StickyCache(int capacity)
{
    private readonly Dictionary<string, LinkedListNode<Entry>> byId = [];
    private readonly LinkedList<Entry> byUse = [];
    private readonly Lock gate = new();

    /// <summary>Takes the instance's orchestrator out; null when there is none or it is out of date.</summary>
    public async ValueTask<OrchestrationExecution?> TakeAsync(ClaimedInstance instance)
    {
        Entry entry;
        lock (gate)
        {
            if (!byId.Remove(instance.InstanceId, out var node)) return null;
            byUse.Remove(node);
            entry = node.Value;
        }
        if (entry.Incarnation == instance.Incarnation && entry.Epoch + 1 == instance.Epoch
            && entry.Execution == instance.Execution && entry.Orchestrator.HistoryLength == instance.HistoryLength)
            return entry.Orchestrator;
        await entry.Orchestrator.DisposeAsync();
        return null;
    }

    /// <summary>Keeps the orchestrator of a turn that was committed.</summary>
    public async ValueTask KeepAsync(ClaimedInstance instance, OrchestrationExecution orchestrator)
    {
        var dropped = orchestrator;
        if (capacity > 0)
        {
            dropped = null;
            lock (gate)
            {
                if (byId.Remove(instance.InstanceId, out var old))
                {
                    byUse.Remove(old);
                    dropped = old.Value.Orchestrator;
                }
                else if (byId.Count >= capacity)
                {
                    dropped = byUse.First!.Value.Orchestrator;
                    byId.Remove(byUse.First.Value.InstanceId);
                    byUse.RemoveFirst();
                }
                byId.Add(instance.InstanceId, byUse.AddLast(new Entry(instance.InstanceId, instance.Incarnation, instance.Execution, instance.Epoch, orchestrator)));
            }
        }
        if (dropped is not null) await dropped.DisposeAsync();
    }

    public async ValueTask ClearAsync()
    {
        Entry[] entries;
        lock (gate)
        {
            entries = [.. byUse];
            byUse.Clear();
            byId.Clear();
        }
        foreach (var entry in entries) await entry.Orchestrator.DisposeAsync();
    }

    private sealed record Entry(string InstanceId, long Incarnation, int Execution, long Epoch, OrchestrationExecution Orchestrator);
}
