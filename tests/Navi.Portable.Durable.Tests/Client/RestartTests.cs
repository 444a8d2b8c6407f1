using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Client;

/// <summary>An instance starts again with what it was started with.</summary>
public sealed class RestartTests
{
    private int runs;

    private void Tasks(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<string, string>("Count", (context, input) => $"{input} {context.Version} {Interlocked.Increment(ref runs)}");
        tasks.AddOrchestratorFunc<string>("Wait", context =>
        {
            context.SetCustomStatus("waiting");
            return context.WaitForExternalEvent<string>("go");
        });
        tasks.AddOrchestratorFunc<string>("Call", context =>
            context.CallSubOrchestratorAsync<string>("Count", "below", new SubOrchestrationOptions(instanceId: context.InstanceId + "-sub")));
    }

    [Theory, BothModes]
    public async Task Restart_SameId_TakesTheOldOnesPlaceWithAllItHad(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var options = new StartOrchestrationOptions("one") { Version = "2.0", Tags = new Dictionary<string, string> { ["team"] = "a" } };
        var first = await run.RunAsync("Count", "in", options);

        var id = await run.Client.RestartAsync("one", cancellation: run.Limit);

        await run.Until(id, found => found.CreatedAt > first.CreatedAt);
        var second = await run.EndOf(id);
        Assert.Equal(("one", "in 2.0 2", "a"), (id, second.ReadOutputAs<string>(), second.Tags["team"]));
        Assert.Equal("in 2.0 1", first.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Restart_NewId_LeavesTheOldOneAlone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var first = await run.RunAsync("Count", "in", new StartOrchestrationOptions("one"));

        var id = await run.Client.RestartAsync("one", restartWithNewInstanceId: true, run.Limit);

        Assert.NotEqual("one", id);
        Assert.Equal("in  2", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(first.SerializedOutput, (await run.EndOf("one")).SerializedOutput);
    }

    [Theory, BothModes]
    public async Task Restart_SubOrchestration_RunsWithoutItsParent(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var parent = await run.RunAsync("Call");

        await run.Client.RestartAsync(parent.InstanceId + "-sub", cancellation: run.Limit);

        await Eventually.TrueAsync(() => Volatile.Read(ref runs) == 2, run.Limit);
        Assert.Equal("below  2", (await run.EndOf(parent.InstanceId + "-sub")).ReadOutputAs<string>());
        Assert.Equal("below  1", (await run.EndOf(parent.InstanceId)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Restart_StillRuns_IsRefusedUnderItsOwnId(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);
        await run.StatusOf(id, "waiting");

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.Client.RestartAsync(id, cancellation: run.Limit));
        var other = await run.Client.RestartAsync(id, restartWithNewInstanceId: true, run.Limit);

        await run.StatusOf(other, "waiting");
        await run.Client.RaiseEventAsync(id, "go", "still the first", run.Limit);
        Assert.Equal("still the first", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Restart_UnknownId_IsRefused()
    {
        await using var run = await Conformance.StartAsync(0, Tasks);

        await Assert.ThrowsAsync<ArgumentException>(() => run.Client.RestartAsync("nobody", cancellation: run.Limit));
        await Assert.ThrowsAsync<ArgumentException>(() => run.Client.RestartAsync("nobody", restartWithNewInstanceId: true, run.Limit));
    }
}
