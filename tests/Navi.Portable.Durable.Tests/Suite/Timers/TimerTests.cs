using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Timers;

public sealed class TimerTests
{
    [Theory, BothModes]
    public async Task CreateTimer_SeveralDue_FireInTheirOrder(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Time", async context =>
            {
                var fired = new List<int>();
                async Task After(int milliseconds)
                {
                    await context.CreateTimer(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None);
                    fired.Add(milliseconds);
                }
                await Task.WhenAll(After(300), After(100), After(200));
                return string.Join(' ', fired);
            }));

        Assert.Equal("100 200 300", await run.OutputOf<string>("Time"));
    }

    [Theory, BothModes(0, -1, -86_400_000)]
    public async Task CreateTimer_NowOrInThePast_FiresAtOnce(int sticky, int milliseconds)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<bool>("Time", async context =>
            {
                await context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(milliseconds), CancellationToken.None);
                await context.CreateTimer(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None);
                return true;
            }));

        Assert.True(await run.OutputOf<bool>("Time"));
    }

    [Theory, BothModes]
    public async Task CreateTimer_LongChain_FiresOneAfterTheOther(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<bool>("Time", async context =>
            {
                var times = new List<DateTime> { context.CurrentUtcDateTime };
                for (var n = 0; n < 20; n++)
                {
                    await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
                    times.Add(context.CurrentUtcDateTime);
                }
                return times.SequenceEqual(times.Order());
            }));

        Assert.True(await run.OutputOf<bool>("Time"));
    }

    [Theory, BothModes]
    public async Task CreateTimer_ManyAtTheSameTime_AllFire(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int>("Time", async context =>
            {
                var due = context.CurrentUtcDateTime.AddMilliseconds(50);
                Task[] timers = [.. Enumerable.Range(0, 60).Select(_ => context.CreateTimer(due, CancellationToken.None))];
                await Task.WhenAll(timers);
                return timers.Count(timer => timer.IsCompletedSuccessfully);
            }));

        Assert.Equal(60, await run.OutputOf<int>("Time"));
    }

    [Theory, BothModes]
    public async Task CreateTimer_MonthsAway_WaitsWhileTheRestGoesOn(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Time", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(200), cancellation.Token);
                var data = await context.WaitForExternalEvent<string>("go");
                var waited = !timer.IsCompleted;
                cancellation.Cancel();
                return $"{data} {waited}";
            }));
        var id = await run.StartAsync("Time");

        await run.RaiseAsync(id, "go", "meanwhile");

        Assert.Equal("meanwhile True", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task CreateTimer_ProcessRestarts_FiresOnce(int sticky)
    {
        var fired = 0;
        void Tasks(DurableTaskRegistry tasks)
        {
            tasks.AddActivityFunc("Fired", _ => { Interlocked.Increment(ref fired); });
            tasks.AddOrchestratorFunc("Time", async context =>
            {
                context.SetCustomStatus("waiting");
                await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                await context.CallActivityAsync("Fired");
            });
        }
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.StartAsync("Time");
        await run.StatusOf(id, "waiting");

        await run.RedeployAsync(Tasks);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await run.EndOf(id)).RuntimeStatus);
        Assert.Equal(1, fired);
    }

    [Theory, BothModes]
    public async Task CreateTimer_AtTheEndOfTime_NeverFiresAndHoldsNobodyUp(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddOrchestratorFunc<string>("Time", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(DateTime.MaxValue, cancellation.Token);
                context.SetCustomStatus("waiting");
                var data = await context.WaitForExternalEvent<string>("go");
                await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                cancellation.Cancel();
                return $"{data} {timer.Status}";
            });
        });
        var id = await run.StartAsync("Time");
        await run.StatusOf(id, "waiting");

        await run.OutputOf<string>("Echo", "others go on");
        await run.RaiseAsync(id, "go", "on");

        Assert.Equal("on Canceled", await run.OutputOfInstance<string>(id));
    }
}
