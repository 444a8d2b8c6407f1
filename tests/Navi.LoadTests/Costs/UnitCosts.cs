using Navi.LoadTests.Reporting;
using Navi.LoadTests.Watching;

namespace Navi.LoadTests.Costs;

/// <summary>The costs from which capacity is derived.</summary>
/// <param name="Date">When.</param>
/// <param name="IdleSeconds">How long NAVI was watched without any request.</param>
/// <param name="Idle">Cores that it, PostgreSQL and the others use meanwhile.</param>
/// <param name="IdleMemoryMb">Its memory then.</param>
/// <param name="WarmMemoryMb">The most that it occupied then and while it answered requests, before the tasks.</param>
/// <param name="IdleConnections">Its connections while it was idle.</param>
/// <param name="BeginningSeconds">Processor time of NAVI from its start until it was warm, beyond what the same work takes later: it reads, and compiles what is first used.</param>
/// <param name="Costs">By kind of request, and of a task with every request that belongs to it.</param>
/// <param name="TaskMemoryMb">By how much the most memory while the tasks ran exceeds <paramref name="WarmMemoryMb"/>, divided by the tasks, which run at once.</param>
/// <param name="CallsPerTask">Model calls of a task, as a mean.</param>
/// <param name="Model">Model calls of the tasks.</param>
/// <param name="Growth">What the tasks left behind.</param>
internal sealed record UnitCosts(
    DateTimeOffset Date, double IdleSeconds, ProcessorUse Idle, long IdleMemoryMb, long WarmMemoryMb, int IdleConnections, double BeginningSeconds, IReadOnlyList<UnitCost> Costs, double TaskMemoryMb, double CallsPerTask, ModelResult Model, GrowthResult Growth)
{
    /// <summary>Failed requests and tasks.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Errors => Costs.Sum(c => c.Failures);
}
