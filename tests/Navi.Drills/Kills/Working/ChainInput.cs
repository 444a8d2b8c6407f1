namespace Navi.Drills.Kills.Working;

/// <summary>A chain, or the next round of a loop.</summary>
/// <param name="Value">What the first step begins with.</param>
/// <param name="Count">Steps of a chain; the round of a loop.</param>
internal sealed record ChainInput(long Value, int Count);
