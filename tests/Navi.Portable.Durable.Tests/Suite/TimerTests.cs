using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Suite;

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

    [Theory, BothModes]
    public async Task CreateTimer_InThePast_FiresAtOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<bool>("Time", async context =>
            {
                await context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None);
                return true;
            }));

        Assert.True(await run.OutputOf<bool>("Time"));
    }

    [Theory, BothModes]
    public async Task CreateTimer_Cancelled_ThrowsAndLeavesNothing(int sticky)
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
                context.SetCustomStatus("cancelled");
                await context.WaitForExternalEvent<string>("end");
                return $"{first.Status} {second.Status}";
            });
        });
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Time", run.Limit);
        await run.StatusOf(id, "cancelled");

        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.inbox"));
        await run.Client.RaiseEventAsync(id, "end", "", run.Limit);
        Assert.Equal("Canceled Canceled", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task CreateTimer_MonthsAway_WaitsAsOneRow(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc("Time", async context =>
            {
                context.SetCustomStatus("waiting");
                await context.CreateTimer(TimeSpan.FromDays(200), CancellationToken.None);
            }));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Time", run.Limit);
        await run.StatusOf(id, "waiting");

        Assert.Equal(1L, await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.inbox WHERE kind = 4 AND visible_at > now() + interval '199 days'"));
        // The day has come.
        await Sql.ExecuteAsync(run.Database, "UPDATE durable.inbox SET visible_at = now() WHERE kind = 4");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await run.EndOf(id)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task CreateTimer_ProcessRestarts_FiresOnce(int sticky)
    {
        await using var database = await TestDatabase.CreateAsync();
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
        string id;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using (var before = await DurableHost.StartAsync(database, Tasks, options => options.StickyInstances = sticky))
        {
            id = await before.Client.ScheduleNewOrchestrationInstanceAsync("Time", limit.Token);
            while ((await before.Client.GetInstanceAsync(id, true, limit.Token))!.SerializedCustomStatus is null) await Task.Delay(20, limit.Token);
            await before.StopAsync();
        }
        await using var after = await DurableHost.StartAsync(database, Tasks, options => options.StickyInstances = sticky);

        var end = await after.Client.WaitForInstanceCompletionAsync(id, limit.Token);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(1, fired);
    }
}
