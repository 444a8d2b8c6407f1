using System.Globalization;
using Navi.Measuring;

namespace Navi.Benchmarks.Durable;

/// <summary>What <c>navi bench durable</c> is asked for.</summary>
/// <param name="Parts">What is measured, in the order of <see cref="DurableParts.All"/>.</param>
internal sealed record DurableBenchOptions(IReadOnlyList<string> Parts)
{
    /// <summary>Only JSON lines on standard output.</summary>
    public bool Json { get; init; }

    /// <summary>The shapes are run on other engines, too.</summary>
    public bool Peers { get; init; }

    /// <summary>How often each measurement is repeated.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Workflows of a shape that run before it and do not count.</summary>
    public int WarmUp { get; init; } = 300;

    /// <summary>How many instances wait in the part <c>parked</c>.</summary>
    public int Parked { get; init; } = 100_000;

    /// <summary>Time of the part <c>mixed</c>.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A transaction holds an old snapshot for the middle third of the part <c>mixed</c>.</summary>
    public bool OldSnapshot { get; init; }

    /// <summary>What the command line may say.</summary>
    public const string Usage =
        """
        navi bench durable [--only A,B,…] [--rounds N] [--warm-up N] [--parked N] [--minutes N] [--old-snapshot] [--peers] [--json]

        Measures the durable runtime on a private PostgreSQL beside the floors of this machine, and says which bars are met. The exit code is 1 when something could not be measured.
          --only A,B      which parts: floors, w1, w2, w3, replay, takeover, parked, workers, mixed (default: all but mixed)
          --rounds N      how often each measurement is repeated, 1 to 100 (default 5); the takeover kills 5 workers in each
          --warm-up N     workflows of a shape that run before it and do not count, 1 to 2000 (default 300)
          --parked N      instances that wait in the part parked, 1 to 1000000 (default 100000)
          --minutes N     time of the part mixed, 1 to 1440 (default 30)
          --old-snapshot  in the part mixed a transaction holds an old snapshot for the middle third
          --peers         runs w1, w2 and w3 on DBOS Transact and Restate, too, which npm installs into a temporary directory
          --json          prints JSON lines instead of a table
        """;

    /// <exception cref="UsageException">An argument is unknown, out of its range, or of no use with the others.</exception>
    public static DurableBenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new DurableBenchOptions(DurableParts.Usual);
        var given = new HashSet<string>();
        for (var at = 0; at < arguments.Count; at++)
        {
            var option = arguments[at];
            if (!given.Add(option)) throw new UsageException($"{option} is given twice.");
            options = option switch
            {
                "--json" => options with { Json = true },
                "--peers" => options with { Peers = true },
                "--old-snapshot" => options with { OldSnapshot = true },
                "--only" => options with { Parts = PartsOf(Value()) },
                "--rounds" => options with { Rounds = Number(1, 100) },
                "--warm-up" => options with { WarmUp = Number(1, 2000) },
                "--parked" => options with { Parked = Number(1, 1_000_000) },
                "--minutes" => options with { Length = TimeSpan.FromMinutes(Number(1, 1440)) },
                _ => throw new UsageException($"There is no option '{option}'."),
            };

            string Value() => ++at < arguments.Count ? arguments[at] : throw new UsageException($"{option} needs a value.");

            int Number(int least, int most) => Value() is var value && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new UsageException($"{option}: '{value}' is not a number from {least} to {most}.");
        }
        Belongs(DurableParts.Mixed, "--minutes", "--old-snapshot");
        Belongs(DurableParts.Parked, "--parked");
        if (options.Peers && !options.Parts.Intersect(DurableParts.Shapes).Any())
            throw new UsageException($"--peers: none of {string.Join(", ", DurableParts.Shapes)} is among '--only {string.Join(',', options.Parts)}'; the peers run these.");
        return options;

        void Belongs(string part, params IReadOnlyList<string> names)
        {
            if (!options.Parts.Contains(part) && names.FirstOrDefault(given.Contains) is { } name)
                throw new UsageException($"{name} is for the part '{part}', which is not measured: add it to --only.");
        }
    }

    private static IReadOnlyList<string> PartsOf(string value)
    {
        var asked = value.Split(',');
        return asked.FirstOrDefault(a => !DurableParts.All.Contains(a)) is { } unknown
            ? throw new UsageException($"--only: '{unknown}' is not one of {string.Join(", ", DurableParts.All)}.")
            : [.. DurableParts.All.Where(asked.Contains)];
    }
}
