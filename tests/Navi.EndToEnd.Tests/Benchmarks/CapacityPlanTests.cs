using Navi.LoadTests.Costs;
using Navi.LoadTests.Driving;
using Navi.LoadTests.Reporting;
using Navi.LoadTests.Watching;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.EndToEnd.Tests.Benchmarks;

/// <summary>What capacity planning makes of measured costs.</summary>
public sealed class CapacityPlanTests
{
    [Fact]
    public void Plan_OfOneProcess_ProvidesForItsBeginningAndItsPeak()
    {
        var plan = new CapacityPlan(Costs(beginning: 12, warm: 340, task: 2), 10);
        Assert.Equal(12.0 / 60, plan.BeginningCores, 9);
        Assert.Equal((plan.NaviCores + plan.CommandCores + (12.0 / 60)) / CapacityPlan.Planned, plan.NaviCoresPlanned, 9);
        Assert.Equal(340 + (plan.Running * 2), plan.MemoryMb, 9);
        Assert.True(plan.Running > 0);
    }

    [Fact]
    public void Connections_OfOneProcess_HaveThoseOfMetricsAmongThem() =>
        Assert.Equal(20 + 24 + 4 + MetricConnections.Size, new CapacityPlan(Costs(0, 1, 1), 10).Connections(20));

    [Fact]
    public void Text_OfAPlan_NamesTheBeginning() =>
        Assert.Contains("| cores used: NAVI, more in the minute of a start | 0.20 | 0.20 |", CapacityText.Of(Costs(beginning: 12, warm: 340, task: 2)));

    [Fact]
    public async Task MemoryPeak_OfThisProcess_SeesMemoryThatIsThereAtTheEnd()
    {
        await using var peak = new MemoryPeak(Environment.ProcessId);
        var before = ProcessTimes.Memory(Environment.ProcessId);
        var held = GC.AllocateUninitializedArray<byte>(64 << 20);
        Array.Fill(held, (byte)1);
        var most = await peak.EndAsync();
        GC.KeepAlive(held);
        Assert.True(most >= before + (32 << 20), $"{before} before, {most} at most");
    }

    private static UnitCosts Costs(double beginning, long warm, double task)
    {
        var each = new ProcessorUse(0.1, 0.05, 0.1, 0, 0);
        string[] all = [LoadClient.List, LoadClient.Read, LoadClient.Pending, LoadClient.Diff, "task"];
        var model = new ModelResult(70, 0, new Dictionary<string, int>(), 1, 1, 1, 0, 7000, 700, 1);
        return new UnitCosts(
            DateTimeOffset.UnixEpoch, 10, each, 300, warm, 20, beginning, [.. all.Select(w => new UnitCost(w, 10, 0, each))], task, 7, model, new GrowthResult(10, 1000, 1000, 1000));
    }
}
