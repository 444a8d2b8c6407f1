namespace Navi.LoadTests.Watching;

/// <summary>Connections of one pool over a run, from looks a second apart.</summary>
/// <param name="MostOpen">The most that were open.</param>
/// <param name="MostBusy">The most that were in a statement or a transaction at a look.</param>
/// <param name="MeanBusy">Their mean.</param>
internal sealed record PoolUse(int MostOpen, int MostBusy, double MeanBusy);
