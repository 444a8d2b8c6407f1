using Navi.LoadTests.Scenarios;
using Navi.LoadTests.World;
using Navi.Measuring;

namespace Navi.LoadTests.Reporting;

/// <summary>docs/LOAD_TEST_RESULTS.md and the part of it that does not change.</summary>
internal static class LoadDocumentText
{
    private static readonly string[] Order = ["10", "50", "100", "spike", "throttled", "soak", "unit-costs", "telemetry-cost"];

    private static readonly string Introduction =
        $"""
        # Load test results

        Every figure below was printed by the command that stands beneath it, on the machine and at the time named there; `--write` put it here. No real model took part: NAVI's model is the simulated provider of
        [SIMULATED_PROVIDERS.md](SIMULATED_PROVIDERS.md), in a process of its own. What follows for sizes is in [CAPACITY_PLANNING.md](CAPACITY_PLANNING.md).

        ## How it is measured

        * One NAVI process with its workers serves on the portable host with its default settings, in the Local environment; PostgreSQL is private to the run and waits for the disk on commit. NAVI, PostgreSQL, the provider and
          the driver share the machine. Every scenario has a NAVI and a database of its own.
        * {UserMix.Described}
        * {LoadWorld.ProviderDescribed}
        * The load is open: moments come by schedule, whether NAVI has answered or not, and a latency counts from the moment that was meant. A closed loop would ask least while NAVI is slowest and so leave its worst
          moments out ("coordinated omission": G. Tene, How NOT to Measure Latency; Schroeder, Wierman, Harchol-Balter: Open Versus Closed, NSDI 2006). Connections of the driver are not bounded.
        * All samples count, failures too: a request fails by a status other than 200, 201 and 204, by 30 s without an answer, or by a broken connection; a task fails by any other end than published work. Requests per second are those
          meant for the scenario's time, divided by it; latencies are of all requests, those of the last tasks included. A percentile is the nearest rank: a value that was measured.
        * The API's latencies are apart from the model's: no request waits for a model. `GET …/events (begin)` is the time until the stream begins.
        * Processor time and memory come from /proc, connections and waits from pg_stat_activity, looked at once a second. The slope of memory is the least-squares line through the looks of the run's second half.
        * What a process occupies follows the load: the collector gives freed memory back late. Where a section has the line *Right after collections*, NAVI was asked at the beginning, every 200 s and at the end to collect all garbage
          and to give back what is free; heap and process right after that show what it holds. The pauses are part of the latencies, and what it occupies between them is less for it.

        Bars: no failure without injected faults; p95 of all requests under 250 ms at 100 users; memory flat over a soak of 20 minutes; telemetry costs less than 3 % of throughput.

        ## Figures

        """;

    /// <summary>The document in a directory.</summary>
    public static SectionedDocument In(string directory) => new(Path.Combine(directory, "LOAD_TEST_RESULTS.md"), Introduction, Order);
}
