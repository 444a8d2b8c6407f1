namespace Navi.Drills.Faults;

/// <summary>What the command line asks of the drill.</summary>
/// <param name="Faults">Names of the faults; all of them when it names none.</param>
/// <param name="Write">Write the transcript into docs/FAULT_DRILL.md.</param>
internal sealed record FaultDrillOptions(IReadOnlyList<string> Faults, bool Write)
{
    /// <summary>Every fault there is, in the order in which they are drilled: the five, and two more that the remaining runbooks need.</summary>
    public static IReadOnlyList<Func<IFault>> All { get; } = [() => new ProviderDown(), () => new PoolExhausted(), () => new KeyExpired(), () => new SlowDisk(), () => new RunawayCost(), () => new ProcessGone(), () => new PeopleAway()];

    /// <summary>Reads the arguments behind <c>navi drill faults</c>.</summary>
    /// <exception cref="ArgumentException">They are not understood; the message says why.</exception>
    public static FaultDrillOptions Parse(IReadOnlyList<string> arguments)
    {
        var names = All.Select(f => f().Name).ToList();
        var chosen = new List<string>();
        var write = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--write":
                    write = true;
                    break;
                case "--fault" when i + 1 < arguments.Count:
                    var name = arguments[++i];
                    chosen.Add(names.Contains(name) ? name : throw new ArgumentException($"There is no fault '{name}'. Faults: {string.Join(", ", names)}."));
                    break;
                case "--fault":
                    throw new ArgumentException($"--fault needs a name: {string.Join(", ", names)}.");
                default:
                    throw new ArgumentException($"'{arguments[i]}' is not understood.");
            }
        }
        // A document about five faults is not written from one of them.
        if (write && chosen.Count > 0)
            throw new ArgumentException("--write writes about all faults; leave --fault out.");
        return new FaultDrillOptions(chosen.Count > 0 ? chosen : names, write);
    }
}
