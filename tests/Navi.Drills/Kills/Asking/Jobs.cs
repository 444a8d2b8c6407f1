using Navi.Drills.Kills.Working;

namespace Navi.Drills.Kills.Asking;

/// <summary>The jobs, by number, with their results reckoned here.</summary>
internal static class Jobs
{
    public static readonly IReadOnlyList<string> Kinds = ["chain", "guarded", "fanout", "chain", "event", "control", "loop", "guarded", "parent", "timer"];

    /// <summary>The job of a number that needs no rows of its own.</summary>
    public static Job Make(string kind, int number)
    {
        var id = $"{kind}-{number}";
        long seed = number;
        var keys = new List<string>();
        switch (kind)
        {
            case "chain":
                return new Job("Chain", id, new ChainInput(seed, Orchestrators.ChainSteps), Chain(id, seed, Orchestrators.ChainSteps), keys);
            case "fanout":
                return new Job("FanOut", id, seed, Enumerable.Range(0, Orchestrators.FanOut).Sum(n => Step(id, $"{n}", seed + n)), keys);
            case "event":
                return new Job("Event", id, seed, Step(id, "1", Step(id, "0", seed) + (seed * 3)), keys, seed * 3);
            case "timer":
                return new Job("Timer", id, seed, Step(id, "1", Step(id, "0", seed)), keys);
            case "parent":
                return new Job("Parent", id, seed, Enumerable.Range(0, Orchestrators.SubChains).Aggregate(seed, (value, n) => Chain($"{id}-{n}", value, Orchestrators.SubSteps)), keys);
            default:
                return new Job("Loop", id, new ChainInput(seed, 0), Enumerable.Range(0, Orchestrators.Rounds).Aggregate(seed, (value, n) => Step(id, $"{n}b", Step(id, $"{n}a", value))), keys);
        }

        long Chain(string instance, long value, int steps) => Enumerable.Range(0, steps).Aggregate(value, (v, n) => Step(instance, $"{n}", v));

        long Step(string instance, string step, long value)
        {
            keys.Add($"{instance}/{step}");
            return Values.After(value, keys[^1]);
        }
    }
}
