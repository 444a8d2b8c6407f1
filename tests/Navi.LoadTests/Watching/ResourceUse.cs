namespace Navi.LoadTests.Watching;

/// <summary>What a run used.</summary>
/// <param name="Cores">Processors, as a mean over the run.</param>
/// <param name="MemoryBeginMb">Memory of NAVI's process at the first look.</param>
/// <param name="MemoryMostMb">The most of it.</param>
/// <param name="MemoryEndMb">At the last look.</param>
/// <param name="MemorySlopeMbPerHour">Least-squares slope of the looks of the run's second half.</param>
/// <param name="Live">Its memory right after collections of all garbage: at the beginning, every 200 seconds, and at the end.</param>
/// <param name="Pools">Connections of each pool, by application name.</param>
/// <param name="Looks">How often was looked.</param>
/// <param name="MostConnections">The most connections at once, all pools together.</param>
/// <param name="Waits">What busy connections waited for, with the number of looks at which they did; the first five.</param>
internal sealed record ResourceUse(
    ProcessorUse Cores, long MemoryBeginMb, long MemoryMostMb, long MemoryEndMb, double MemorySlopeMbPerHour, IReadOnlyList<LiveMemory> Live, IReadOnlyDictionary<string, PoolUse> Pools, int Looks, int MostConnections,
    IReadOnlyDictionary<string, int> Waits);
