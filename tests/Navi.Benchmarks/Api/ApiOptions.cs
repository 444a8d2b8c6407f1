using System.Globalization;
using Navi.Measuring;

namespace Navi.Benchmarks.Api;

/// <summary>How much is asked.</summary>
/// <param name="Requests">Most requests of one measurement.</param>
/// <param name="Limit">Most time of one measurement.</param>
/// <param name="Clients">Numbers of clients that ask at once.</param>
internal sealed record ApiOptions(int Requests, TimeSpan Limit, IReadOnlyList<int> Clients)
{
    /// <summary>What the command line may say.</summary>
    public const string Usage =
        """
        navi bench api [--requests N] [--seconds S] [--clients A,B,…]

        Measures create, get, list and decide of NAVI's HTTP API on a private PostgreSQL: JSON lines on standard output, a table on standard error.
          --requests N   most requests of one measurement, 1 to 100000 (default 2000)
          --seconds S    most seconds of one measurement, 1 to 600 (default 30)
          --clients A,B  how many clients ask at once, each 1 to 500 (default 10,50,100)
        """;

    /// <exception cref="UsageException">An argument is unknown or out of its range.</exception>
    public static ApiOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ApiOptions(2_000, TimeSpan.FromSeconds(30), [10, 50, 100]);
        for (var at = 0; at < arguments.Count; at += 2)
        {
            var value = at + 1 < arguments.Count ? arguments[at + 1] : throw new UsageException($"{arguments[at]} needs a value.");
            options = arguments[at] switch
            {
                "--requests" => options with { Requests = Number("--requests", value, 100_000) },
                "--seconds" => options with { Limit = TimeSpan.FromSeconds(Number("--seconds", value, 600)) },
                "--clients" => options with { Clients = [.. value.Split(',').Select(v => Number("--clients", v, 500))] },
                var unknown => throw new UsageException($"There is no option '{unknown}'."),
            };
        }
        return options;
    }

    private static int Number(string option, string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new UsageException($"{option}: '{value}' is not a number from 1 to {most}.");
}
