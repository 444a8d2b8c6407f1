using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Tables;

/// <summary>What waits costs one row, and what no longer waits costs none.</summary>
public sealed class TimerRowTests
{
    private const string Messages = "SELECT count(*) FROM durable.inbox";

    [Theory, BothModes]
    public async Task Wait_EventBeforeTimeout_LeavesNoTimerBehind(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
            {
                var data = await context.WaitForExternalEvent<string>("go", TimeSpan.FromDays(90));
                context.SetCustomStatus("gone on");
                await context.WaitForExternalEvent<string>("end");
                return data;
            }));
        var id = await run.StartAsync("Wait");

        await run.RaiseAsync(id, "go", "in time");
        await run.StatusOf(id, "gone on");

        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, Messages));
        await run.RaiseAsync(id, "end", "");
        Assert.Equal("in time", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task CreateTimer_Cancelled_LeavesNothing(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc("Time", async context =>
            {
                using var atOnce = new CancellationTokenSource();
                _ = context.CreateTimer(TimeSpan.FromDays(400), atOnce.Token);
                atOnce.Cancel();
                using var later = new CancellationTokenSource();
                _ = context.CreateTimer(TimeSpan.FromDays(400), later.Token);
                await context.CallActivityAsync("Step");
                later.Cancel();
                context.SetCustomStatus("cancelled");
                await context.WaitForExternalEvent<string>("end");
            });
        });

        await run.StatusOf(await run.StartAsync("Time"), "cancelled");

        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, Messages));
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
        var id = await run.StartAsync("Time");
        await run.StatusOf(id, "waiting");

        Assert.Equal(1L, await Sql.ScalarAsync<long>(run.Database, $"{Messages} WHERE kind = 4 AND visible_at > now() + interval '199 days'"));
        // The day has come.
        await Sql.ExecuteAsync(run.Database, "UPDATE durable.inbox SET visible_at = now() WHERE kind = 4");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await run.EndOf(id)).RuntimeStatus);
    }
}
