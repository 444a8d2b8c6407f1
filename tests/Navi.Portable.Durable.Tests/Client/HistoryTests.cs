using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Client;

public sealed class HistoryTests
{
    private readonly FlakyWorld world = new();

    private void Tasks(DurableTaskRegistry tasks)
    {
        world.AddTo(tasks);
        tasks.AddOrchestratorFunc<string>("One", context => context.CallActivityAsync<string>("Do", "a"));
        tasks.AddOrchestratorFunc<int, int>("Count", (context, number) =>
        {
            if (number < 3) context.ContinueAsNew(number + 1);
            return number;
        });
    }

    [Theory, BothModes]
    public async Task History_FailedThenRewound_TellsBothAndWhichFailureWasTakenBack(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        world.Break("a");
        var end = await run.RunAsync("One");
        world.Mend();
        var before = await run.History.ReadAsync(end.InstanceId, run.Limit);
        await run.Client.RewindInstanceAsync(end.InstanceId, "mended", run.Limit);
        await run.EndOf(end.InstanceId);

        var after = await run.History.ReadAsync(end.InstanceId, run.Limit);

        Assert.Equal(["TurnStarted", "ExecutionStarted", "ActivityScheduled", "TurnStarted", "ActivityFailed", "ExecutionCompleted"], before.Select(entry => entry.Kind));
        Assert.Equal("a is broken", before[4].Failure!.ErrorMessage);
        Assert.Equal((0, "Do", false), (before[4].Step!.Value, before[4].Name, before[4].TakenBack));
        // What happened stays as it was recorded; only more is added.
        Assert.Equal(before.Select(entry => (entry.Position, entry.At, entry.Kind, entry.Step)), after.Take(before.Count).Select(entry => (entry.Position, entry.At, entry.Kind, entry.Step)));
        Assert.Equal(["Rewound", "TurnStarted", "ActivityCompleted", "ExecutionCompleted"], after.Skip(before.Count).Select(entry => entry.Kind));
        Assert.Equal([5], after.Where(entry => entry.TakenBack).Select(entry => entry.Position));
        Assert.Equal("mended", after[6].Payload);
        Assert.Equal("\"did a\"", after[8].Payload);
    }

    [Fact]
    public async Task History_ContinuedAsNew_IsOfTheLastExecution()
    {
        await using var run = await Conformance.StartAsync(0, Tasks);
        var end = await run.RunAsync("Count", 1);

        var history = await run.History.ReadAsync(end.InstanceId, run.Limit);

        Assert.Equal(["TurnStarted", "ExecutionStarted", "ExecutionCompleted"], history.Select(entry => entry.Kind));
        Assert.Equal("Completed", history[2].Name);
    }

    [Fact]
    public async Task History_NotBegunOrUnknown_IsEmptyOrRefused()
    {
        await using var run = await Conformance.StartAsync(0, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("One", new StartOrchestrationOptions(StartAt: DateTimeOffset.MaxValue.AddYears(-1)), run.Limit);

        Assert.Empty(await run.History.ReadAsync(id, run.Limit));
        await Assert.ThrowsAsync<ArgumentException>(() => run.History.ReadAsync("nobody", run.Limit));
    }
}
