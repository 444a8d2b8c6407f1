namespace Navi.LoadTests.Scenarios;

/// <summary>The scenarios by name.</summary>
internal static class LoadScenarios
{
    /// <summary>What <c>all</c> means: everything but the soak.</summary>
    public static readonly IReadOnlyList<string> All = ["10", "50", "100", "spike", "throttled"];

    /// <summary>Every name.</summary>
    public static readonly IReadOnlyList<string> Names = [.. All, "soak"];

    private const double ThrottledShare = 0.2;
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Soak = TimeSpan.FromMinutes(20);

    /// <summary>The scenario; <paramref name="length"/> in place of its own length.</summary>
    public static LoadScenario Of(string name, TimeSpan? length) => name switch
    {
        "10" => new("10", "10 users", 10, length ?? Usual),
        "50" => new("50", "50 users", 50, length ?? Usual),
        "100" => new("100", "100 users", 100, length ?? Usual),
        "spike" => new("spike", "0 → 100 → 0 users: they come within a tenth of the time, stay for half of it, go within a tenth, and nobody is there for the rest", 100, length ?? Usual) { Share = Spike },
        "throttled" => new("throttled", "50 users while the provider answers every fifth model call with 429 and Retry-After of a second", 50, length ?? Usual) { Throttled = ThrottledShare },
        "soak" => new("soak", "50 users for a long time", 50, length ?? Soak),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such scenario."),
    };

    private static double Spike(double passed) => passed switch { < 0.1 => passed / 0.1, < 0.6 => 1, < 0.7 => (0.7 - passed) / 0.1, _ => 0 };
}
