namespace Navi.Portable.Durable.Engine;

/// <summary>Events by name, without regard to case: waits and events meet first in, first out; what nobody waits for is kept.</summary>
internal sealed class ExternalEvents
{
    private readonly Dictionary<string, Queue<HistoryEvent>> kept = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LinkedList<OpenTask>> waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HistoryEvent> order = [];

    public bool HasWaits => waits.Count > 0;

    /// <summary>Events that no wait has taken, in the order they came.</summary>
    public IReadOnlyList<HistoryEvent> Unprocessed => order;

    public void Deliver(HistoryEvent raised)
    {
        if (waits.TryGetValue(raised.Name!, out var waiting))
        {
            var first = waiting.First!.Value;
            Forget(raised.Name!, first);
            first.Complete(raised.Payload);
            return;
        }
        Keep(raised);
    }

    /// <summary>Keeps an event whoever waits.</summary>
    public void Keep(HistoryEvent raised)
    {
        if (!kept.TryGetValue(raised.Name!, out var queue)) kept.Add(raised.Name!, queue = new Queue<HistoryEvent>());
        queue.Enqueue(raised);
        order.Add(raised);
    }

    /// <summary>Takes the oldest kept event of the name, if there is one.</summary>
    public bool TryTake(string name, out HistoryEvent? raised)
    {
        if (!kept.TryGetValue(name, out var queue))
        {
            raised = null;
            return false;
        }
        raised = queue.Dequeue();
        if (queue.Count == 0) kept.Remove(name);
        order.Remove(raised);
        return true;
    }

    public void Await(string name, OpenTask task)
    {
        if (!waits.TryGetValue(name, out var waiting)) waits.Add(name, waiting = new LinkedList<OpenTask>());
        waiting.AddLast(task);
    }

    public void Forget(string name, OpenTask task)
    {
        if (!waits.TryGetValue(name, out var waiting)) return;
        waiting.Remove(task);
        if (waiting.Count == 0) waits.Remove(name);
    }
}
