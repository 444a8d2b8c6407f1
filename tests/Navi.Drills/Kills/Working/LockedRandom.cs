namespace Navi.Drills.Kills.Working;

/// <summary>Randomness that several threads share.</summary>
internal sealed class LockedRandom(int seed) : Random(seed)
{
    private readonly Lock held = new();

    public override int Next(int minValue, int maxValue)
    {
        lock (held)
            return base.Next(minValue, maxValue);
    }
}
