using System.Globalization;
using System.Text;
using Navi.LoadTests.Scenarios;
using Navi.Measuring;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.LoadTests.Costs;

/// <summary>docs/CAPACITY_PLANNING.md: formulas, and a table worked out with the costs that were just measured.</summary>
internal static class CapacityText
{
    private static readonly int[] Users = [10, 50, 100, 500];

    private static readonly string Introduction =
        $"""
        # Capacity planning

        How much a number of users needs. The formulas stand here; the figures below them are worked out by the command that stands beneath them, from the unit costs that the same run measured
        ([LOAD_TEST_RESULTS.md](LOAD_TEST_RESULTS.md), section unit-costs). Put your own figures in: above all how often people hand over tasks, how long your model takes, and what your repositories' tests cost.

        ## Formulas

        | sought | formula |
        |---|---|
        | looks per second | users ÷ {UserMix.Look.TotalSeconds:0} s between two looks |
        | tasks per minute | users ÷ {UserMix.Task.TotalMinutes:0} min between two tasks: users who do nothing else; most people hand over far fewer |
        | cores of NAVI | idle × processes + looks/s × cost of a look + tasks/s × cost of a task |
        | cores while NAVI begins | processes × processor time of a process's beginning ÷ {CapacityPlan.BeginningLength:0} s, beside the cores of NAVI. A process compiles its code as that is first used; how much this takes in all is measured, that it falls into one minute is assumed. The scenarios of LOAD_TEST_RESULTS begin {LoadOptions.DefaultWarmUp.TotalSeconds:0} s after a start, so their line *Processors* contains it: the fewer the users, the larger its part |
        | cores of commands | tasks/s × commands of a task; the test repository's tests take next to nothing, yours decide |
        | cores of PostgreSQL | idle + looks/s × cost of a look + tasks/s × cost of a task |
        | cores to provide | (cores of NAVI + of its beginning + of commands) ÷ {CapacityPlan.Planned:0.0}, and cores of PostgreSQL ÷ {CapacityPlan.Planned:0.0}: the rest is for peaks |
        | model calls at once | tasks/s × calls of a task × seconds of a call |
        | tasks that run at once | tasks/s × (calls × seconds of a call + processor time of a task); tasks that wait for a person take neither |
        | processes | model calls at once ÷ {CapacityPlan.CallsAtOnce} (`Navi:Models:Entries:N:MaxConcurrency`), rounded up; a larger `MaxConcurrency` needs fewer, a second one for failure is up to you |
        | memory | processes × memory of a warm one + tasks that run at once × memory of a task. The warm one has done tasks before: it keeps heap that it once needed. Both are the most that was seen, garbage in it |
        | connections | processes × (`Navi:Database:PoolSize` + {CapacityPlan.OtherConnections}): {CapacityPlan.DurableConnections} of the durable runtime, {CapacityPlan.TimerConnections} of the timers, {MetricConnections.Size} of the metrics |
        | growth of PostgreSQL | tasks × bytes of a task in the schemas `navi` and `durable`; nothing removes finished tasks by itself |
        | disk of workspaces | tasks × (history and checkout of the repository); the test repository is tiny, so take the size of yours |
        | tokens, dollars | tasks × tokens of a task × price of a token; a real model's figures come from `./navi bench model` ([PERFORMANCE_BENCHMARKS.md](PERFORMANCE_BENCHMARKS.md)) |

        The table's load is {CapacityPlan.Hours:0} hours on 22 days of a month. A look is the mix of the load test; a task includes every request of its user.

        ## Size of the pool

        A request or a step of a task holds a connection only while it asks the database. The load tests' lines *Connections* show how many were busy at once and on average. {CapacityPlan.Pool}, the default, is meant for staging, 50 for production
        (`Navi__Database__PoolSize=50`); `max_connections` of PostgreSQL must hold the connections of all processes and some for people. A pool that is too small shows as waiting requests while PostgreSQL is idle; one that is too large only
        costs memory of the server. With PgBouncer in transaction mode the application's pool may go through it, the durable runtime needs the direct port (`Navi:Database:DirectConnectionString`).

        ## Figures

        """;

    /// <summary>The document in a directory.</summary>
    public static SectionedDocument In(string directory) => new(Path.Combine(directory, "CAPACITY_PLANNING.md"), Introduction, []);

    /// <summary>The worked table.</summary>
    public static string Of(UnitCosts costs)
    {
        var plans = Users.Select(u => new CapacityPlan(costs, u)).ToList();
        var text = new StringBuilder();
        Line($"Worked out {costs.Date:yyyy-MM-dd HH:mm} UTC. Measured: idle process {costs.Idle.Navi:0.000} cores; beginning of a process {costs.BeginningSeconds:0.0} s of processor; warm process {costs.WarmMemoryMb} MB, and {costs.TaskMemoryMb:0.0} MB for a task that runs; task of {costs.CallsPerTask:0.0} model calls; costs in milliseconds of processor:");
        Line($"");
        Line($"| what | samples | NAVI | commands | PostgreSQL |");
        Line($"|---|---|---|---|---|");
        foreach (var c in costs.Costs)
            Line($"| `{c.What}` | {c.Count} | {c.Each.Navi * 1000:0.0} | {c.Each.Commands * 1000:0.0} | {c.Each.Postgresql * 1000:0.0} |");
        Line($"");
        Line($"Assumed: a model call takes {plans[0].CallSeconds:0.00} s, the simulated provider's pace.");
        Line($"");
        Line($"| users at the same time | {string.Join(" | ", Users)} |");
        Line($"|---|{string.Concat(Users.Select(_ => "---|"))}");
        Row("looks per second", p => Number(p.Looks, "0.0"));
        Row("tasks per minute", p => Number(p.TasksPerMinute, "0"));
        Row("model calls at once", p => Number(p.Calls, "0.0"));
        Row("tasks that run at once", p => Number(p.Running, "0.0"));
        Row("processes at the default `MaxConcurrency`", p => Number(p.Processes, "0"));
        Row("cores used: NAVI, warm", p => Number(p.NaviCores, "0.00"));
        Row("cores used: NAVI, more in the minute of a start", p => Number(p.BeginningCores, "0.00"));
        Row("cores used: commands", p => Number(p.CommandCores, "0.00"));
        Row("cores used: PostgreSQL", p => Number(p.PostgresqlCores, "0.00"));
        Row("cores to provide: NAVI with commands", p => Number(p.NaviCoresPlanned, "0.0"));
        Row("cores to provide: PostgreSQL", p => Number(p.PostgresqlCoresPlanned, "0.0"));
        Row("memory of NAVI, MB", p => Number(p.MemoryMb, "0"));
        Row("connections at most, pool of 20", p => Number(p.Connections(20), "0"));
        Row("connections at most, pool of 50", p => Number(p.Connections(50), "0"));
        Row("PostgreSQL's growth, GiB a month", p => Number(p.DatabaseGibPerMonth, "0.0"));
        Row("workspaces of a tiny repository, GiB a month", p => Number(p.WorkspaceGibPerMonth, "0.0"));
        Row("million tokens a month, read / written", p => $"{Number(p.TokensPerMonth.Read, "0")} / {Number(p.TokensPerMonth.Written, "0")}");
        Line($"");
        Line($"Extrapolated, not measured: 500 users, more than one process, and every figure of a month. The costs are linear in these formulas; where PostgreSQL's disk or a lock is the bound they are not, so measure with `./navi bench load` on your machines before you rely on more than 100 users.");
        return text.ToString();

        void Row(string name, Func<CapacityPlan, string> of) => Line($"| {name} | {string.Join(" | ", plans.Select(of))} |");

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
