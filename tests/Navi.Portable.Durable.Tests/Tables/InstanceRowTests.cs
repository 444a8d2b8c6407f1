using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Tables;

public sealed class InstanceRowTests
{
    [Theory, BothModes]
    public async Task Purge_Ended_LeavesNoRow(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.StartAsync("WaitBelow");
        await run.StatusOf(id + "-sub", "waiting");
        await run.RaiseAsync(id + "-sub", "go", "on");
        await run.EndOf(id);

        await run.Client.PurgeInstanceAsync(id, new PurgeInstanceOptions(Recursive: true), run.Limit);

        Assert.Equal(0L, await Sql.ScalarAsync<long>(
            run.Database,
            "SELECT (SELECT count(*) FROM durable.instances) + (SELECT count(*) FROM durable.history) + (SELECT count(*) FROM durable.inbox) + (SELECT count(*) FROM durable.activities)"));
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_ManyTimes_KeepsABoundedHistory(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<int, int>("Count", (context, number) =>
        {
            if (number < 5) context.ContinueAsNew(number + 1);
            return number;
        }));

        Assert.Equal(5, await run.OutputOf<int>("Count", 0));
        Assert.InRange(await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.history"), 1, 4);
    }

    [Theory, BothModes]
    public async Task Start_InTheFuture_RunsWhenItsTimeHasCome(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var later = new StartOrchestrationOptions(null, TimeProvider.System.GetUtcNow().AddDays(30));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", later, run.Limit);
        await run.RaiseAsync(id, "go", "early");

        await Sql.ExecuteAsync(run.Database, "UPDATE durable.instances SET not_before = now(); UPDATE durable.inbox SET visible_at = now()");

        Assert.Equal("early", await run.OutputOfInstance<string>(id));
    }
}
