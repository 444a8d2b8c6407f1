namespace Navi.Platform.Telemetry.Errors;

/// <summary>What was recorded and is not written yet, by organisation and signature: a thousand equal errors wait as one.</summary>
/// <param name="installation">Organisation of what belongs to nobody's work.</param>
/// <param name="version">NAVI's version.</param>
internal sealed class ErrorBook(string installation, string version)
{
    /// <summary>Most groups that wait.</summary>
    public const int Capacity = 1_000;

    private readonly Lock access = new();
    private Dictionary<(string Organisation, string Signature), ErrorGroup> groups = [];

    /// <summary>Notes an error; false when there is no room for another group.</summary>
    public bool TryAdd(DateTimeOffset at, ErrorReport report, long times = 1)
    {
        var made = ErrorGroup.For(report, installation);
        lock (access)
        {
            if (!groups.TryGetValue((made.Organisation, made.Signature), out var group))
            {
                if (groups.Count >= Capacity)
                    return false;
                groups.Add((made.Organisation, made.Signature), group = made);
            }
            group.Add(at, report, version, times);
            return true;
        }
    }

    /// <summary>Hands over everything. In one order, so that two processes that write the same groups wait for each other and do not block each other.</summary>
    public IReadOnlyList<ErrorGroup> Take()
    {
        lock (access)
        {
            var all = groups.OrderBy(g => g.Key.Organisation, StringComparer.Ordinal).ThenBy(g => g.Key.Signature, StringComparer.Ordinal).Select(g => g.Value).ToList();
            groups = [];
            return all;
        }
    }

    /// <summary>Takes back what could not be written, and returns how many errors found no room.</summary>
    public long PutBack(IReadOnlyList<ErrorGroup> unwritten)
    {
        var lost = 0L;
        lock (access)
        {
            foreach (var earlier in unwritten)
            {
                if (groups.TryGetValue((earlier.Organisation, earlier.Signature), out var later))
                    later.Add(earlier);
                else if (groups.Count < Capacity)
                    groups.Add((earlier.Organisation, earlier.Signature), earlier);
                else
                    lost += earlier.Occurrences;
            }
        }
        return lost;
    }
}
