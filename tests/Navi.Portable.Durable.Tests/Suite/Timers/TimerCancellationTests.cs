using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Timers;

public sealed class TimerCancellationTests
{
    [Theory, BothModes]
    public async Task Cancel_InItsTurnOrLater_CancelsTheTask(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc<string>("Time", async context =>
            {
                using var atOnce = new CancellationTokenSource();
                var first = context.CreateTimer(TimeSpan.FromDays(400), atOnce.Token);
                atOnce.Cancel();
                using var later = new CancellationTokenSource();
                var second = context.CreateTimer(TimeSpan.FromDays(400), later.Token);
                await context.CallActivityAsync("Step");
                later.Cancel();
                await context.CallActivityAsync("Step");
                return $"{first.Status} {second.Status}";
            });
        });

        Assert.Equal("Canceled Canceled", await run.OutputOf<string>("Time"));
    }

    [Theory, BothModes]
    public async Task Cancel_TokenCancelledBefore_ThrowsTaskCanceled(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Time", async context =>
            {
                try
                {
                    await context.CreateTimer(TimeSpan.FromDays(400), new CancellationToken(true));
                    return "fired";
                }
                catch (TaskCanceledException)
                {
                    return "cancelled";
                }
            }));

        Assert.Equal("cancelled", await run.OutputOf<string>("Time"));
    }

    [Theory, BothModes]
    public async Task Cancel_OneTokenOfSeveralTimers_CancelsThoseAlone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Time", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var first = context.CreateTimer(TimeSpan.FromDays(400), cancellation.Token);
                var second = context.CreateTimer(TimeSpan.FromDays(500), cancellation.Token);
                var other = context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
                await context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
                cancellation.Cancel();
                await other;
                return $"{first.Status} {second.Status} {other.Status}";
            }));

        Assert.Equal("Canceled Canceled RanToCompletion", await run.OutputOf<string>("Time"));
    }

    [Theory, BothModes]
    public async Task Cancel_AfterItFired_ChangesNothing(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Time", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromMilliseconds(5), cancellation.Token);
                await timer;
                cancellation.Cancel();
                await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
                return $"{timer.Status}";
            }));

        Assert.Equal("RanToCompletion", await run.OutputOf<string>("Time"));
    }
}
