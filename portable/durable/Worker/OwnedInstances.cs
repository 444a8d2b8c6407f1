using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Navi.Portable.Durable.Worker;

/// <summary>The instances that this worker keeps, by id, and the idle ones of them, the longest unused first.</summary>
internal sealed class OwnedInstances
{
    private readonly ConcurrentDictionary<string, OwnedInstance> byId = new();
    private readonly LinkedList<OwnedInstance> idle = [];

    public int Count => byId.Count;

    public ICollection<string> Ids => byId.Keys;

    public bool TryGet(string id, [NotNullWhen(true)] out OwnedInstance? owned) => byId.TryGetValue(id, out owned);

    /// <summary>Adds an instance. One of the same id gives way: it was dropped, or claimed anew; answers it when nobody runs its turn.</summary>
    public OwnedInstance? Add(OwnedInstance owned)
    {
        byId.TryGetValue(owned.Claim.InstanceId, out var old);
        byId[owned.Claim.InstanceId] = owned;
        if (old is null || !old.TryLeaveIdle()) return null;
        Busy(old);
        return old;
    }

    public void Remove(OwnedInstance owned)
    {
        byId.TryRemove(new KeyValuePair<string, OwnedInstance>(owned.Claim.InstanceId, owned));
        Busy(owned);
    }

    public void Busy(OwnedInstance owned)
    {
        lock (idle)
        {
            if (owned.Place is not { } place) return;
            idle.Remove(place);
            owned.Place = null;
        }
    }

    public void Idle(OwnedInstance owned)
    {
        lock (idle)
        {
            // Another thread may have run a whole turn since its end, and the instance with it.
            if (!byId.TryGetValue(owned.Claim.InstanceId, out var current) || !ReferenceEquals(current, owned)) return;
            if (owned.Place is { } place) idle.Remove(place);
            owned.Place = idle.AddLast(owned);
        }
    }

    /// <summary>Takes out up to <paramref name="count"/> idle instances, the longest unused first.</summary>
    public IReadOnlyList<OwnedInstance> Evict(int count)
    {
        var evicted = new List<OwnedInstance>();
        lock (idle)
        {
            for (var place = idle.First; place is not null && evicted.Count < count;)
            {
                var (owned, next) = (place.Value, place.Next);
                if (owned.TryLeaveIdle())
                {
                    idle.Remove(place);
                    owned.Place = null;
                    evicted.Add(owned);
                }
                place = next;
            }
        }
        foreach (var owned in evicted) byId.TryRemove(new KeyValuePair<string, OwnedInstance>(owned.Claim.InstanceId, owned));
        return evicted;
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<OwnedInstance> All() => [.. byId.Values];
}
