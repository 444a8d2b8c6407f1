namespace Navi.Testing.Postgres;

/// <summary>A clock that is set forwards and backwards by up to half a day whenever it is read. Elapsed time is counted rightly, as the operating system's monotonic clock does.</summary>
/// <param name="seed">Of the jumps.</param>
public sealed class JumpingClock(int seed) : TimeProvider
{
    private readonly Lock held = new();
    private readonly Random random = new(seed);

    public override DateTimeOffset GetUtcNow()
    {
        lock (held)
            return base.GetUtcNow() + TimeSpan.FromHours(random.Next(-12, 13));
    }
}
