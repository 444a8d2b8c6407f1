using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Starts;

public sealed class StartTimeTests
{
    [Theory, BothModes]
    public async Task StartAt_Past_StartsAtOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        var end = await run.RunAsync("Echo", "late", new StartOrchestrationOptions(null, Ahead(TimeSpan.FromDays(-3))));

        Assert.Equal("late", end.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task StartAt_Ahead_DoesNotStartMuchBefore(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<DateTime>("Now", context => context.CurrentUtcDateTime));
        var startAt = Ahead(TimeSpan.FromSeconds(2));

        var end = await run.RunAsync("Now", null, new StartOrchestrationOptions(null, startAt));

        // Hosts that count whole seconds may be almost one early.
        Assert.True(end.ReadOutputAs<DateTime>() > startAt.UtcDateTime.AddSeconds(-1));
    }

    [Theory, BothModes]
    public async Task StartAt_FarAhead_StaysPendingWhileOthersRun(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await PendingAsync(run);
        await run.RaiseAsync(id, "go", "early");

        await run.OutputOf<string>("Echo", "others go on");

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await run.FindAsync(id)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task Terminate_BeforeItsStartTime_Ends(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await PendingAsync(run);

        await run.Client.TerminateInstanceAsync(id, "not needed", run.Limit);

        var end = await run.EndOf(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("not needed", end.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task WaitForStart_PendingInstance_WaitsForIt(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await PendingAsync(run);

        var start = run.Client.WaitForInstanceStartAsync(id, run.Limit);
        await run.OutputOf<string>("Echo", "others go on");
        Assert.False(start.IsCompleted);
        await run.Client.TerminateInstanceAsync(id, run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await start).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task StartAt_EndsOfTime_AreTheFarPastAndNever(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var never = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, new StartOrchestrationOptions(null, DateTimeOffset.MaxValue), run.Limit);

        var end = await run.RunAsync("Echo", "long due", new StartOrchestrationOptions(null, DateTimeOffset.MinValue));

        Assert.Equal("long due", end.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await run.FindAsync(never)).RuntimeStatus);
    }

    private static Task<string> PendingAsync(Conformance run) =>
        run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, new StartOrchestrationOptions(null, Ahead(TimeSpan.FromDays(30))), run.Limit);

    private static DateTimeOffset Ahead(TimeSpan span) => TimeProvider.System.GetUtcNow() + span;
}
