using System.Globalization;
using Navi.LoadTests.Scenarios;
using Navi.Measuring;

namespace Navi.LoadTests;

/// <summary>What <c>navi bench load</c> is asked for.</summary>
/// <param name="Scenarios">Scenarios in their order.</param>
internal sealed record LoadOptions(IReadOnlyList<string> Scenarios)
{
    /// <summary>Time before a scenario when nothing is said.</summary>
    public static readonly TimeSpan DefaultWarmUp = TimeSpan.FromSeconds(8);

    /// <summary>Time of each scenario; null for its own.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Time before each scenario that does not count.</summary>
    public TimeSpan WarmUp { get; init; } = DefaultWarmUp;

    /// <summary>Only JSON lines on standard output.</summary>
    public bool Json { get; init; }

    /// <summary>Directory in which the document is written; null for none.</summary>
    public string? Documents { get; init; }

    /// <summary>What a request and a task cost is measured, too.</summary>
    public bool UnitCosts { get; init; }

    /// <summary>What telemetry costs is measured.</summary>
    public bool TelemetryCost { get; init; }

    /// <summary>The simulated model answers as fast as it can.</summary>
    public bool InstantModel { get; init; }

    /// <summary>Every n-th call of each HTTP function fails on purpose.</summary>
    public int FailEvery { get; init; }

    /// <summary>Further settings of NAVI, such as <c>Navi__Database__PoolSize=50</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>What changes the figures, as it stands on a command line.</summary>
    public string Further => string.Concat(
        Length is { } length ? string.Create(CultureInfo.InvariantCulture, $" --seconds {length.TotalSeconds:0}") : "",
        InstantModel ? " --instant-model" : "",
        FailEvery > 0 ? string.Create(CultureInfo.InvariantCulture, $" --fail-every {FailEvery}") : "",
        string.Concat(Settings.Select(s => $" --set {s.Key}={s.Value}")));

    /// <summary>Where the document keeps what was measured as <paramref name="name"/>: with other settings it stands beside the usual one, not in its place.</summary>
    public string Section(string name) => Settings.Count == 0 ? name
        : string.Concat($"{name}-with-{With}".ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    /// <summary>A section's text whose heading names the settings.</summary>
    public string Titled(string text) => Settings.Count > 0 && text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end ? $"{text[..end]}, with `{With}`{text[end..]}" : text;

    private string With => string.Join(' ', Settings.Select(s => $"{s.Key}={s.Value}"));

    /// <summary>What the command line may say.</summary>
    public const string Usage =
        """
        navi bench load [--scenario 10|50|100|spike|throttled|soak|all] [--seconds N] [--warm-up N] [--unit-costs] [--telemetry-cost] [--instant-model] [--set NAME=VALUE] [--fail-every N] [--json] [--write] [--into DIR]

        Puts users on a NAVI of its own with a private PostgreSQL and a simulated model behind it. The exit code is 1 when a request or a task failed.
          --scenario A,B    which ones; all (the default, with --unit-costs) means 10, 50, 100, spike and throttled; soak lasts 20 minutes
          --seconds N       time of each scenario, 1 to 86400 (default 40; soak 1200)
          --warm-up N       seconds before each scenario that do not count, 0 to 600 (default 8)
          --unit-costs      measures processor time of a request of each kind, and of a task
          --telemetry-cost  measures throughput with telemetry on against off, in interleaved pairs on one process after the other; without --scenario only this
          --instant-model   the simulated model answers as fast as it can, instead of at a real one's pace
          --set NAME=VALUE  a setting of NAVI by its environment name, such as Navi__Database__PoolSize=50; may be repeated
          --fail-every N    every n-th call of each HTTP function fails on purpose, to see that failures are counted
          --json            JSON lines alone on standard output
          --write           writes what was measured into docs/LOAD_TEST_RESULTS.md and leaves the other sections as they are
          --into DIR        writes there instead
        """;

    /// <exception cref="UsageException">An argument is unknown or out of its range.</exception>
    public static LoadOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LoadOptions([]);
        for (var at = 0; at < arguments.Count; at++)
        {
            options = arguments[at] switch
            {
                "--json" => options with { Json = true },
                "--write" => options with { Documents = options.Documents ?? SourceDocuments.Directory },
                "--instant-model" => options with { InstantModel = true },
                "--unit-costs" => options with { UnitCosts = true },
                "--telemetry-cost" => options with { TelemetryCost = true },
                "--scenario" => options with { Scenarios = [.. Value().Split(',').SelectMany(Names)] },
                "--seconds" => options with { Length = TimeSpan.FromSeconds(Number(1, 86_400)) },
                "--warm-up" => options with { WarmUp = TimeSpan.FromSeconds(Number(0, 600)) },
                "--fail-every" => options with { FailEvery = Number(1, 1_000_000) },
                "--into" => options with { Documents = Value() },
                "--set" => options with { Settings = [.. options.Settings, Setting(Value())] },
                var unknown => throw new UsageException($"There is no option '{unknown}'."),
            };

            string Value() => ++at < arguments.Count ? arguments[at] : throw new UsageException($"{arguments[at - 1]} needs a value.");

            int Number(int least, int most)
            {
                var (option, value) = (arguments[at], Value());
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                    ? number : throw new UsageException($"{option}: '{value}' is not a number from {least} to {most}.");
            }
        }
        return options.Scenarios.Count > 0 || options.UnitCosts || options.TelemetryCost ? options : options with { Scenarios = LoadScenarios.All, UnitCosts = true };
    }

    private static IEnumerable<string> Names(string name) => name == "all" ? LoadScenarios.All
        : LoadScenarios.Names.Contains(name) ? [name] : throw new UsageException($"--scenario: '{name}' is none of {string.Join(", ", LoadScenarios.Names)}, all.");

    private static KeyValuePair<string, string> Setting(string text) => text.Split('=', 2) is [{ Length: > 6 } name, var value] && name.StartsWith("Navi__", StringComparison.Ordinal)
        ? KeyValuePair.Create(name, value) : throw new UsageException($"--set: '{text}' is not like Navi__Database__PoolSize=50.");
}
