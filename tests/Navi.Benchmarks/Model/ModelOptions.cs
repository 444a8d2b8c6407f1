using System.Globalization;
using Navi.Measuring;

namespace Navi.Benchmarks.Model;

/// <summary>What <c>navi bench model</c> is asked for.</summary>
internal sealed record ModelOptions
{
    /// <summary>How many tasks.</summary>
    public int Runs { get; init; } = 100;

    /// <summary>How many of them at once.</summary>
    public int AtOnce { get; init; } = 4;

    /// <summary>Name of a configured model, or auto; null for auto, or the simulated one where none is configured.</summary>
    public string? Provider { get; init; }

    /// <summary>Most US dollars.</summary>
    public decimal MaxUsd { get; init; } = 5;

    /// <summary>Most time of a task.</summary>
    public TimeSpan TaskLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most time of everything.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Only JSON lines on standard output.</summary>
    public bool Json { get; init; }

    /// <summary>Directory in which the document is written; null for none.</summary>
    public string? Documents { get; init; }

    /// <summary>What the command line may say.</summary>
    public const string Usage =
        """
        navi bench model [--runs N] [--at-once N] [--provider NAME] [--max-usd X] [--task-minutes N] [--minutes N] [--json] [--write] [--into DIR]

        Hands tasks to a model through NAVI, approves what they ask for as the person at this machine, and checks the delivered branches from outside. The model is what Navi__Models__Entries__… in the
        environment configures; without any, the simulated provider, and the first line says so. The exit code is 1 when a task did not deliver what was asked.
          --runs N          how many tasks, 1 to 10000 (default 100)
          --at-once N       how many of them at once, 1 to 64 (default 4)
          --provider NAME   a configured model's name, auto, or simulated
          --max-usd X       begins nothing more, and cancels what runs, once the recorded calls have cost so much (default 5)
          --task-minutes N  most minutes of a task, 1 to 120 (default 10)
          --minutes N       most minutes of everything, 1 to 1440 (default 60)
          --json            JSON lines alone on standard output
          --write           writes the figures into docs/PERFORMANCE_BENCHMARKS.md and leaves other models' sections as they are
          --into DIR        writes there instead
        """;

    /// <summary>What changes the figures, as it stands on a command line.</summary>
    public string Asked => string.Create(CultureInfo.InvariantCulture, $"--runs {Runs} --at-once {AtOnce}{(Provider is null ? "" : $" --provider {Provider}")}");

    /// <exception cref="UsageException">An argument is unknown or out of its range.</exception>
    public static ModelOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ModelOptions();
        for (var at = 0; at < arguments.Count; at++)
        {
            options = arguments[at] switch
            {
                "--json" => options with { Json = true },
                "--write" => options with { Documents = options.Documents ?? SourceDocuments.Directory },
                "--into" => options with { Documents = Value() },
                "--provider" => options with { Provider = Value() },
                "--runs" => options with { Runs = Number(1, 10_000) },
                "--at-once" => options with { AtOnce = Number(1, 64) },
                "--task-minutes" => options with { TaskLimit = TimeSpan.FromMinutes(Number(1, 120)) },
                "--minutes" => options with { Limit = TimeSpan.FromMinutes(Number(1, 1440)) },
                "--max-usd" => options with { MaxUsd = Money() },
                var unknown => throw new UsageException($"There is no option '{unknown}'."),
            };

            string Value() => ++at < arguments.Count ? arguments[at] : throw new UsageException($"{arguments[at - 1]} needs a value.");

            int Number(int least, int most)
            {
                var (option, value) = (arguments[at], Value());
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                    ? number : throw new UsageException($"{option}: '{value}' is not a number from {least} to {most}.");
            }

            decimal Money()
            {
                var value = Value();
                return decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd) && usd is > 0 and <= 100_000
                    ? usd : throw new UsageException($"--max-usd: '{value}' is not an amount above 0 and up to 100000.");
            }
        }
        return options;
    }
}
