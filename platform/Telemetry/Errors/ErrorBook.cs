using Navi.Platform.Hosting;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>
/// What was recorded and is not written yet, by organisation and signature: a thousand equal errors wait as one. The clients of each organisation have room of their own, so that whatever they send
/// takes none from NAVI's own errors or from other organisations.
/// </summary>
internal sealed class ErrorBook
{
    /// <summary>Most groups of NAVI's own errors that wait.</summary>
    public const int Capacity = 1_000;

    /// <summary>Most groups that wait of the clients of one organisation; more are counted together.</summary>
    public const int ClientCapacity = 100;

    private readonly Lock access = new();
    private readonly Dictionary<string, int> rooms = new(StringComparer.Ordinal);
    private Dictionary<(string? Organisation, Guid? Task, string Signature), ErrorGroup> groups = [];

    /// <summary>Notes an error; false when it is NAVI's own and there is no room for another group.</summary>
    public bool TryAdd(DateTimeOffset at, ErrorReport report, long times = 1)
    {
        var group = ErrorGroup.Of(at, report, NaviVersion.Text, times);
        lock (access)
            return Keep(group);
    }

    /// <summary>Hands over everything.</summary>
    public IReadOnlyList<ErrorGroup> Take()
    {
        lock (access)
        {
            var all = groups.Values.ToList();
            groups = [];
            rooms.Clear();
            return all;
        }
    }

    /// <summary>Takes back what could not be written, and returns how many of NAVI's own errors found no room.</summary>
    public long PutBack(IReadOnlyList<ErrorGroup> unwritten)
    {
        lock (access)
            return unwritten.Where(group => !Keep(group)).Sum(group => group.Occurrences);
    }

    private bool Keep(ErrorGroup group)
    {
        if (groups.TryGetValue(group.Key, out var there))
        {
            there.Add(group);
            return true;
        }
        var waiting = rooms.GetValueOrDefault(group.Room);
        if (waiting < (group.FromClient ? ClientCapacity : Capacity))
        {
            Enter(group, waiting);
            return true;
        }
        if (!group.FromClient)
            return false;
        // One for each kind of client, beyond the bound: what a client sends too much of concerns its organisation alone.
        var surplus = Surplus(group);
        if (groups.TryGetValue(surplus.Key, out there))
            there.Add(surplus);
        else
            Enter(surplus, waiting);
        return true;
    }

    private void Enter(ErrorGroup group, int waiting)
    {
        groups.Add(group.Key, group);
        rooms[group.Room] = waiting + 1;
    }

    private static ErrorGroup Surplus(ErrorGroup group) => ErrorGroup.Of(
        group.LastSeen,
        new ErrorReport(group.Component, "record", "ErrorsDropped", "Clients sent more kinds of errors at once than are kept apart: so many were counted and not recorded.")
        {
            Organisation = group.Organisation, FromClient = true, Severity = ErrorSeverity.Warning,
        }, NaviVersion.Text, group.Occurrences);
}
