using Microsoft.Extensions.Options;

namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>Counts the open event streams of this process, together and per user.</summary>
public sealed class EventStreamPlaces(IOptions<EventStreamOptions> options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Organisation, string User), int> users = [];
    private int open;

    /// <summary>Streams that are open now.</summary>
    public int Open
    {
        get
        {
            lock (gate)
                return open;
        }
    }

    /// <summary>A place, held until it is disposed; null when there is none, and why.</summary>
    public EventStreamPlace? TryTake(string organisation, string user, out PlaceRefusal refusal)
    {
        var key = (organisation, user);
        lock (gate)
        {
            var own = users.GetValueOrDefault(key);
            refusal = own >= options.Value.MaxStreamsPerUser ? PlaceRefusal.User : open >= options.Value.MaxStreams ? PlaceRefusal.Process : PlaceRefusal.None;
            if (refusal != PlaceRefusal.None)
                return null;
            users[key] = own + 1;
            open++;
        }
        return new EventStreamPlace(() => GiveBack(key));
    }

    private void GiveBack((string, string) key)
    {
        lock (gate)
        {
            open--;
            if (--users[key] == 0)
                users.Remove(key);
        }
    }
}
