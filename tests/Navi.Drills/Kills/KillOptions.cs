using System.Globalization;

namespace Navi.Drills.Kills;

/// <summary>What the command line asks of the drill.</summary>
/// <param name="Kills">How many workers are killed, at least.</param>
/// <param name="Executions">How many activity executions there are, at least.</param>
/// <param name="OtherFaults">How often each of the faults that kill nobody happens: paused beyond the lease, cut off beyond it, connections dropped, server restarted.</param>
/// <param name="Json">Figures as JSON lines.</param>
internal sealed record KillOptions(int Kills, int Executions, int OtherFaults, bool Json)
{
    /// <summary>How long claimed work stays with a worker that does not renew it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    /// <summary>How long a worker is paused or cut off.</summary>
    public static readonly TimeSpan BeyondLease = Lease + TimeSpan.FromSeconds(1.5);

    /// <summary>Reads the arguments behind <c>navi drill kills</c>.</summary>
    /// <exception cref="ArgumentException">They are not understood; the message says why.</exception>
    public static KillOptions Parse(IReadOnlyList<string> arguments)
    {
        var (quick, json) = (false, false);
        int? kills = null, executions = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--json":
                    json = true;
                    break;
                case "--kills":
                    kills = Number(arguments, ref i);
                    break;
                case "--executions":
                    executions = Number(arguments, ref i);
                    break;
                default:
                    throw new ArgumentException($"'{arguments[i]}' is not understood.");
            }
        }
        return new KillOptions(kills ?? (quick ? 20 : 200), executions ?? (quick ? 1_000 : 10_000), quick ? 2 : 10, json);
    }

    private static int Number(IReadOnlyList<string> arguments, ref int i)
    {
        var name = arguments[i++];
        return i < arguments.Count && int.TryParse(arguments[i], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{name} needs a number greater than 0.");
    }
}
