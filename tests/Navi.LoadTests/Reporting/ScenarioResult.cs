using Navi.LoadTests.Watching;
using Navi.Measuring;

namespace Navi.LoadTests.Reporting;

/// <summary>Everything that was measured in one scenario.</summary>
internal sealed record ScenarioResult(
    string Scenario, string Described, int MostUsers, DateTimeOffset Date, double Seconds, double WarmUpSeconds, int WarmUpRequests, int WarmUpErrors,
    Measurement All, IReadOnlyList<Measurement> Routes, TaskResult Tasks, ModelResult Model, ResourceUse Use, GrowthResult Growth, double DriverLateP99Ms, double DriverLateMaxMs,
    IReadOnlyList<string> FailedTasks)
{
    /// <summary>Failed requests and failed tasks, those of the warm-up included.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Errors => All.Errors + Tasks.Failed + WarmUpErrors;
}
