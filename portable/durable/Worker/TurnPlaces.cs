namespace Navi.Portable.Durable.Worker;

/// <summary>Bounds how many orchestrators run at once. Who finds no place waits in a row.</summary>
internal sealed class TurnPlaces(int places)
{
    private readonly Lock gate = new();
    private readonly Queue<OwnedInstance> waiting = [];
    private int free = places;

    /// <summary>Takes a place; false puts the instance into the row.</summary>
    public bool TryTake(OwnedInstance owned)
    {
        lock (gate)
        {
            if (free > 0)
            {
                free--;
                return true;
            }
            waiting.Enqueue(owned);
            return false;
        }
    }

    /// <summary>Gives a place back; answers who has it now, if anybody waits.</summary>
    public OwnedInstance? GiveBack()
    {
        lock (gate)
        {
            if (waiting.TryDequeue(out var next)) return next;
            free++;
            return null;
        }
    }
}
