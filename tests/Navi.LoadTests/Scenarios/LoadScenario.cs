namespace Navi.LoadTests.Scenarios;

/// <summary>How many people use NAVI when, and how the model behaves meanwhile.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Described">What it is, for the document.</param>
/// <param name="MostUsers">The most users at once.</param>
/// <param name="Length">How long users begin something.</param>
internal sealed record LoadScenario(string Name, string Described, int MostUsers, TimeSpan Length)
{
    /// <summary>Users, as a share of <see cref="MostUsers"/>, by the share of the time that has passed. Default all, all the time.</summary>
    public Func<double, double> Share { get; init; } = _ => 1;

    /// <summary>Share of the model calls that the simulated provider answers with 429 and Retry-After of a second. Default none.</summary>
    public double Throttled { get; init; }

    /// <summary>Users after <paramref name="passed"/>.</summary>
    public int UsersAt(TimeSpan passed) => passed >= Length ? 0 : (int)Math.Round(MostUsers * Share(passed / Length));
}
