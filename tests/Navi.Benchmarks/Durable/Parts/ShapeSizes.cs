namespace Navi.Benchmarks.Durable.Parts;

/// <summary>How much of a shape is run in a round; the peers run the same.</summary>
internal static class ShapeSizes
{
    /// <summary>Workflows of a round that runs one at a time.</summary>
    public const int Alone = 20;

    /// <summary>Single commits that are timed before each of these and after the last: a disk's speed changes within seconds.</summary>
    public const int Commits = 5;

    /// <summary>Chains at once.</summary>
    public const int ChainsTogether = 50;

    /// <summary>Fan-outs at once.</summary>
    public const int FansTogether = 10;

    /// <summary>Time of a burst.</summary>
    public static readonly TimeSpan Burst = TimeSpan.FromSeconds(3);
}
