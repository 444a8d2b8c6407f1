using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite;

public sealed class LifecycleTests
{
    private static void Tasks(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<string, string>("Echo", (_, input) => input);
        tasks.AddOrchestratorFunc<string>("Wait", context =>
        {
            context.SetCustomStatus("waiting");
            return context.WaitForExternalEvent<string>("go");
        });
        tasks.AddOrchestratorFunc("Break", _ => throw new InvalidOperationException("broken"));
        tasks.AddOrchestratorFunc<int>("WaitBelow", async context =>
        {
            await context.CallSubOrchestratorAsync("Wait", new SubOrchestrationOptions(instanceId: context.InstanceId + "-sub"));
            return 0;
        });
        tasks.AddOrchestratorFunc<string>("Version", context => $"{context.Version} {context.CompareVersionTo("1.10")}");
        tasks.AddOrchestratorFunc<int, int>("Count", (context, number) =>
        {
            if (number < 5) context.ContinueAsNew(number + 1);
            return number;
        });
    }

    [Theory, BothModes]
    public async Task Get_UnknownId_IsNull(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);

        Assert.Null(await run.Client.GetInstanceAsync("nobody", true, run.Limit));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => run.Client.WaitForInstanceCompletionAsync("nobody", run.Limit));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => run.Client.TerminateInstanceAsync("nobody", run.Limit));
    }

    [Theory, BothModes]
    public async Task Get_WithAndWithoutPayloads_SaysWhatWasAsked(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var end = await run.RunAsync("Echo", "hello");

        var bare = await run.Client.GetInstanceAsync(end.InstanceId, run.Limit);

        Assert.Equal("\"hello\"", end.SerializedInput);
        Assert.Equal("hello", end.ReadOutputAs<string>());
        Assert.Null(bare!.SerializedOutput);
        Assert.Throws<InvalidOperationException>(() => bare.ReadOutputAs<string>());
        Assert.True(bare.CreatedAt <= bare.LastUpdatedAt);
    }

    [Theory, BothModes]
    public async Task Terminate_Output_IsItsJson(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);
        await run.StatusOf(id, "waiting");

        await run.Client.TerminateInstanceAsync(id, new { why = "enough" }, run.Limit);

        var end = await run.EndOf(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("""{"why":"enough"}""", end.SerializedOutput);
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.Client.TerminateInstanceAsync(id, run.Limit));
    }

    [Theory, BothModes]
    public async Task Terminate_Recursive_EndsSubOrchestrationsToo(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        foreach (var recursive in new[] { true, false })
        {
            var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("WaitBelow", run.Limit);
            await run.StatusOf(id + "-sub", "waiting");

            await run.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(Recursive: recursive), run.Limit);

            await run.EndOf(id);
            if (recursive) Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id + "-sub")).RuntimeStatus);
            else Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.Client.GetInstanceAsync(id + "-sub", run.Limit))!.RuntimeStatus);
        }
    }

    [Theory, BothModes]
    public async Task Suspend_ThenResume_GoesOnWhereItWas(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);
        await run.StatusOf(id, "waiting");

        await run.Client.SuspendInstanceAsync(id, "pause", run.Limit);
        await run.Until(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        await run.Client.RaiseEventAsync(id, "go", "on", run.Limit);
        await run.Client.ResumeInstanceAsync(id, "go", run.Limit);

        Assert.Equal("on", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Terminate_WhileSuspended_Ends(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);
        await run.Client.SuspendInstanceAsync(id, "pause", run.Limit);
        await run.Until(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        await run.Client.TerminateInstanceAsync(id, run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task Purge_RunningOrUnknown_IsNone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);
        await run.StatusOf(id, "waiting");

        Assert.Equal(0, (await run.Client.PurgeInstanceAsync(id, run.Limit)).PurgedInstanceCount);
        Assert.Equal(0, (await run.Client.PurgeInstanceAsync("nobody", run.Limit)).PurgedInstanceCount);
        Assert.NotNull(await run.Client.GetInstanceAsync(id, run.Limit));
    }

    [Theory, BothModes]
    public async Task Purge_Ended_LeavesNoRow(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("WaitBelow", run.Limit);
        await run.StatusOf(id + "-sub", "waiting");
        await run.Client.RaiseEventAsync(id + "-sub", "go", "on", run.Limit);
        await run.EndOf(id);

        Assert.Equal(2, (await run.Client.PurgeInstanceAsync(id, new PurgeInstanceOptions(Recursive: true), run.Limit)).PurgedInstanceCount);

        Assert.Equal(0L, await Sql.ScalarAsync<long>(
            run.Database,
            "SELECT (SELECT count(*) FROM durable.instances) + (SELECT count(*) FROM durable.history) + (SELECT count(*) FROM durable.inbox) + (SELECT count(*) FROM durable.activities)"));
    }

    [Theory, BothModes]
    public async Task PurgeAll_ByFilter_TakesOnlyWhatMatches(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var good = await run.RunAsync("Echo", "x");
        var bad = await run.RunAsync("Break");

        var purged = await run.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed]), run.Limit);

        Assert.Equal(1, purged.PurgedInstanceCount);
        Assert.True(purged.IsComplete);
        Assert.Null(await run.Client.GetInstanceAsync(bad.InstanceId, run.Limit));
        Assert.NotNull(await run.Client.GetInstanceAsync(good.InstanceId, run.Limit));
        Assert.Equal(0, (await run.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: good.CreatedAt.AddSeconds(-1)), run.Limit)).PurgedInstanceCount);
    }

    [Theory, BothModes]
    public async Task Start_IdTaken_FollowsTheDedupeStatuses(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var options = new StartOrchestrationOptions("the-one");
        await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options, run.Limit);
        await run.StatusOf("the-one", "waiting");

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options, run.Limit));
        await run.Client.RaiseEventAsync("the-one", "go", "first", run.Limit);
        Assert.Equal("first", (await run.EndOf("the-one")).ReadOutputAs<string>());
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Echo", "second", options.WithDedupeStatuses(OrchestrationRuntimeStatus.Completed), run.Limit));
        Assert.Equal("second", (await run.RunAsync("Echo", "second", options.WithDedupeStatuses(OrchestrationRuntimeStatus.Failed))).ReadOutputAs<string>());
        Assert.Equal("third", (await run.RunAsync("Echo", "third", options)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Start_InTheFuture_StaysPending(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", null, new StartOrchestrationOptions("later", TimeProvider.System.GetUtcNow().AddDays(30)), run.Limit);
        await run.Client.RaiseEventAsync(id, "go", "early", run.Limit);
        await run.RunAsync("Echo", "others go on");

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await run.Client.GetInstanceAsync(id, run.Limit))!.RuntimeStatus);
        await Sql.ExecuteAsync(run.Database, "UPDATE durable.instances SET not_before = now(); UPDATE durable.inbox SET visible_at = now()");
        Assert.Equal("early", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Terminate_BeforeItsStartTime_Ends(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", null, new StartOrchestrationOptions("later", TimeProvider.System.GetUtcNow().AddDays(30)), run.Limit);

        await run.Client.TerminateInstanceAsync(id, run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task WaitForStart_ReturnsBeforeTheEnd(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.Client.WaitForInstanceStartAsync(id, run.Limit)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task TagsVersionAndStatus_RoundTrip(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var options = new StartOrchestrationOptions { Tags = new Dictionary<string, string> { ["team"] = "blue" }, Version = "1.9" };

        var end = await run.RunAsync("Version", null, options);

        Assert.Equal("1.9 -1", end.ReadOutputAs<string>());
        Assert.Equal("blue", end.Tags["team"]);
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);
        Assert.Equal("waiting", (await run.StatusOf(id, "waiting")).ReadCustomStatusAs<string>());
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_RunsAgainWithTheNewInputAndABoundedHistory(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);

        Assert.Equal(5, await run.OutputOf<int>("Count", 0));
        Assert.InRange(await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.history"), 1, 4);
    }

    [Theory, BothModes]
    public async Task GetAll_FilterAndPages_GiveEachMatchOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        for (var n = 0; n < 7; n++) await run.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", new StartOrchestrationOptions($"page-{n}"), run.Limit);
        for (var n = 0; n < 7; n++) await run.EndOf($"page-{n}");
        await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("other"), run.Limit);

        var query = new OrchestrationQuery(InstanceIdPrefix: "page-", Statuses: [OrchestrationRuntimeStatus.Completed], PageSize: 3, FetchInputsAndOutputs: true);
        var pages = new List<int>();
        var ids = new List<string>();
        await foreach (var page in run.Client.GetAllInstancesAsync(query).AsPages())
        {
            pages.Add(page.Values.Count);
            ids.AddRange(page.Values.Select(found => found.InstanceId));
            Assert.All(page.Values, found => Assert.Equal("x", found.ReadOutputAs<string>()));
        }

        Assert.Equal([3, 3, 1], pages);
        Assert.Equal(Enumerable.Range(0, 7).Select(n => $"page-{n}"), ids);
        var all = 0;
        await foreach (var _ in run.Client.GetAllInstancesAsync()) all++;
        Assert.Equal(8, all);
    }
}
