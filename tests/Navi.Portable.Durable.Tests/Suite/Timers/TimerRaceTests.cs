using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Timers;

public sealed class TimerRaceTests
{
    [Theory, BothModes]
    public async Task Race_EventComesFirst_TheEventWins(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => RaceWithEvent(tasks, TimeSpan.FromDays(30)));
        var id = await run.StartAsync("Race");

        await run.RaiseAsync(id, "go", "event");

        Assert.Equal("event", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Race_TimerComesFirst_TheEventIsHeardLater(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => RaceWithEvent(tasks, TimeSpan.FromMilliseconds(20)));
        var id = await run.StartAsync("Race");
        await run.StatusOf(id, "timer");

        await run.RaiseAsync(id, "go", "event");

        Assert.Equal("timer event", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Race_ActivityIsSlower_TheTimerWins(int sticky)
    {
        var gate = new TaskCompletionSource();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string>("Slow", async _ =>
            {
                await gate.Task;
                return "slow";
            });
            tasks.AddActivityFunc("Open", _ => { gate.TrySetResult(); });
            tasks.AddOrchestratorFunc<string>("Race", async context =>
            {
                var slow = context.CallActivityAsync<string>("Slow");
                var timer = context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                var winner = await Task.WhenAny(slow, timer) == timer ? "timer" : "activity";
                await context.CallActivityAsync("Open");
                return $"{winner} {await slow}";
            });
        });

        Assert.Equal("timer slow", await run.OutputOf<string>("Race"));
    }

    [Theory, BothModes]
    public async Task Race_ActivityIsFaster_TheInstanceEndsWithItsTimerOpen(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string>("Fast", _ => "fast");
            tasks.AddOrchestratorFunc<string>("Race", async context =>
            {
                var fast = context.CallActivityAsync<string>("Fast");
                // Left open on purpose: an instance need not tidy up to end.
                return await Task.WhenAny(fast, context.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None)) == fast ? await fast : "timer";
            });
        });

        Assert.Equal("fast", await run.OutputOf<string>("Race"));
    }

    private static void RaceWithEvent(DurableTaskRegistry tasks, TimeSpan delay) => tasks.AddOrchestratorFunc<string>("Race", async context =>
    {
        using var cancellation = new CancellationTokenSource();
        var timer = context.CreateTimer(delay, cancellation.Token);
        var raised = context.WaitForExternalEvent<string>("go");
        if (await Task.WhenAny(timer, raised) == raised)
        {
            cancellation.Cancel();
            return await raised;
        }
        context.SetCustomStatus("timer");
        return $"timer {await raised}";
    });
}
