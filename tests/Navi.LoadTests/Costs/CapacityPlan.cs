using Navi.Agent.Models.Options;
using Navi.LoadTests.Driving;
using Navi.LoadTests.Scenarios;
using Navi.LoadTests.World;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.LoadTests.Costs;

/// <summary>What a number of users needs, by the formulas of docs/CAPACITY_PLANNING.md.</summary>
/// <param name="costs">The measured costs.</param>
/// <param name="users">How many users work at the same time.</param>
internal sealed class CapacityPlan(UnitCosts costs, int users)
{
    /// <summary>Share of a processor that is planned for; the rest is for peaks.</summary>
    public const double Planned = 0.6;

    /// <summary>Connections of a process's application pool, by default.</summary>
    public const int Pool = 20;

    /// <summary>Connections of a process's durable runtime at most: one for each of its 16 orchestrations, and eight.</summary>
    public const int DurableConnections = 24;

    /// <summary>Connections of a process's timers at most.</summary>
    public const int TimerConnections = 4;

    /// <summary>Connections of a process beside the application's pool at most.</summary>
    public const int OtherConnections = DurableConnections + TimerConnections + MetricConnections.Size;

    /// <summary>Seconds into which the whole of a process's beginning is taken to fall.</summary>
    public const double BeginningLength = 60;

    /// <summary>Model calls at once of an entry in one process, by default.</summary>
    public static readonly int CallsAtOnce = new ModelEntry().MaxConcurrency;

    /// <summary>Hours of a day at this load.</summary>
    public const double Hours = 8;

    private UnitCost Task => costs.Costs.Single(c => c.What == "task");

    /// <summary>Looks per second.</summary>
    public double Looks => users / UserMix.Look.TotalSeconds;

    /// <summary>Tasks per minute.</summary>
    public double TasksPerMinute => users / UserMix.Task.TotalMinutes;

    /// <summary>Cores of NAVI's processes, once they are warm.</summary>
    public double NaviCores => (costs.Idle.Navi * Processes) + (Looks * Look(c => c.Each.Navi)) + (TasksPerMinute / 60 * Task.Each.Navi);

    /// <summary>Cores of NAVI's processes beyond <see cref="NaviCores"/> while all of them begin at once, as after a restart under load.</summary>
    public double BeginningCores => Processes * costs.BeginningSeconds / BeginningLength;

    /// <summary>Cores of the commands that tasks run.</summary>
    public double CommandCores => TasksPerMinute / 60 * Task.Each.Commands;

    /// <summary>Cores of PostgreSQL.</summary>
    public double PostgresqlCores => costs.Idle.Postgresql + (Looks * Look(c => c.Each.Postgresql)) + (TasksPerMinute / 60 * Task.Each.Postgresql);

    /// <summary>Cores to provide for NAVI and its commands; a restart under load is in them.</summary>
    public double NaviCoresPlanned => (NaviCores + BeginningCores + CommandCores) / Planned;

    /// <summary>Cores to provide for PostgreSQL.</summary>
    public double PostgresqlCoresPlanned => PostgresqlCores / Planned;

    /// <summary>Seconds of a model call at the simulated provider's pace: the mean of its first token's distribution, and the answer's tokens.</summary>
    public double CallSeconds
    {
        get
        {
            var sigma = Math.Log(LoadWorld.FirstTokenP95 / LoadWorld.FirstTokenP50) / 1.6448536269514722;
            return (LoadWorld.FirstTokenP50 / 1000 * Math.Exp(sigma * sigma / 2)) + ((double)costs.Model.OutputTokens / costs.Model.Calls / LoadWorld.TokensPerSecond);
        }
    }

    /// <summary>Model calls at once.</summary>
    public double Calls => TasksPerMinute / 60 * costs.CallsPerTask * CallSeconds;

    /// <summary>Tasks that run at once: by Little's law tasks per second times the time in which the model and the processors work on one.</summary>
    public double Running => TasksPerMinute / 60 * ((costs.CallsPerTask * CallSeconds) + Task.Each.Navi + Task.Each.Commands + Task.Each.Postgresql);

    /// <summary>Processes, so that the default bound of model calls at once suffices.</summary>
    public int Processes => Math.Max(1, (int)Math.Ceiling(Calls / CallsAtOnce));

    /// <summary>Memory of all processes, in MB.</summary>
    public double MemoryMb => (Processes * (double)costs.WarmMemoryMb) + (Running * costs.TaskMemoryMb);

    /// <summary>Connections at most, with an application pool of <paramref name="pool"/>.</summary>
    public int Connections(int pool) => Processes * (pool + OtherConnections);

    /// <summary>GiB that PostgreSQL grows by in a month of 22 days.</summary>
    public double DatabaseGibPerMonth => TasksPerMonth * (costs.Growth.NaviBytes + costs.Growth.DurableBytes) / costs.Growth.Tasks / (1 << 30);

    /// <summary>GiB of workspaces in a month of 22 days, were none removed.</summary>
    public double WorkspaceGibPerMonth => TasksPerMonth * costs.Growth.WorkspaceBytes / costs.Growth.Tasks / (1 << 30);

    /// <summary>Millions of tokens read and written in a month of 22 days.</summary>
    public (double Read, double Written) TokensPerMonth => (TasksPerMonth * costs.Model.InputTokens / Task.Count / 1e6, TasksPerMonth * costs.Model.OutputTokens / Task.Count / 1e6);

    private double TasksPerMonth => TasksPerMinute * 60 * Hours * 22;

    private double Look(Func<UnitCost, double> of)
    {
        return (UserMix.Lists * Of(LoadClient.List)) + (UserMix.Reads * Of(LoadClient.Read)) + ((1 - UserMix.Lists - UserMix.Reads) * Of(LoadClient.Pending));

        double Of(string route) => of(costs.Costs.Single(c => c.What == route));
    }
}
