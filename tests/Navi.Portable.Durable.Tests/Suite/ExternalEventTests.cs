using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite;

public sealed class ExternalEventTests
{
    // A turn reads 1,000 messages at most.
    private const int Held = 1500;

    [Theory, BothModes]
    public async Task Wait_EventNameInOtherCase_IsTheSameName(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", context => context.WaitForExternalEvent<string>("Approval")));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);

        await run.Client.RaiseEventAsync(id, "aPPROVAL", "yes", run.Limit);

        Assert.Equal("yes", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Wait_EventsRaisedBefore_AreTakenFirstInFirstOutPerName(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string[]>("Collect", async context =>
            {
                await context.WaitForExternalEvent<string>("begin");
                var found = new List<string>();
                foreach (var name in new[] { "a", "b", "a", "b", "a" }) found.Add(await context.WaitForExternalEvent<string>(name));
                return [.. found];
            }));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Collect", run.Limit);

        foreach (var (name, data) in new[] { ("b", "b1"), ("a", "a1"), ("a", "a2"), ("b", "b2"), ("a", "a3"), ("begin", "") })
            await run.Client.RaiseEventAsync(id, name, data, run.Limit);

        Assert.Equal(["a1", "b1", "a2", "b2", "a3"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Theory, BothModes]
    public async Task Wait_SeveralForOneName_AreServedInTheirOrder(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string[]>("Collect", context =>
                Task.WhenAll(context.WaitForExternalEvent<string>("n"), context.WaitForExternalEvent<string>("n"), context.WaitForExternalEvent<string>("N"))));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Collect", run.Limit);

        foreach (var data in new[] { "1", "2", "3" }) await run.Client.RaiseEventAsync(id, "n", data, run.Limit);

        Assert.Equal(["1", "2", "3"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Theory, BothModes]
    public async Task Wait_TimeoutExpires_ThrowsTaskCanceledException(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
            {
                try
                {
                    await context.WaitForExternalEvent<string>("never", TimeSpan.FromMilliseconds(100));
                    return "came";
                }
                catch (TaskCanceledException)
                {
                    return "expired";
                }
            }));

        Assert.Equal("expired", await run.OutputOf<string>("Wait"));
    }

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
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);

        await run.Client.RaiseEventAsync(id, "go", "in time", run.Limit);
        await run.StatusOf(id, "gone on");

        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.inbox"));
        await run.Client.RaiseEventAsync(id, "end", "", run.Limit);
        Assert.Equal("in time", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Wait_Cancelled_DoesNotEatTheEvent(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var cancelled = context.WaitForExternalEvent<string>("go", cancellation.Token);
                await context.WaitForExternalEvent<string>("cancel");
                cancellation.Cancel();
                return $"{cancelled.Status} {await context.WaitForExternalEvent<string>("go")}";
            }));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);

        await run.Client.RaiseEventAsync(id, "cancel", "", run.Limit);
        await run.Client.RaiseEventAsync(id, "go", "mine", run.Limit);

        Assert.Equal("Canceled mine", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Raise_WhileSuspended_IsKeptInOrder(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string[]>("Collect", async context =>
            {
                context.SetCustomStatus("waiting");
                return [await context.WaitForExternalEvent<string>("n"), await context.WaitForExternalEvent<string>("n"), await context.WaitForExternalEvent<string>("n")];
            }));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Collect", run.Limit);
        await run.StatusOf(id, "waiting");
        await run.Client.SuspendInstanceAsync(id, "test", run.Limit);
        await run.Until(id, found => found.RuntimeStatus == Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Suspended);

        foreach (var data in new[] { "1", "2", "3" }) await run.Client.RaiseEventAsync(id, "n", data, run.Limit);
        Assert.Equal(3L, await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.inbox"));
        await run.Client.ResumeInstanceAsync(id, "test", run.Limit);

        Assert.Equal(["1", "2", "3"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Theory, BothModes]
    public async Task Resume_BehindMoreEventsThanATurnReads_DeliversAllInOrder(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Counting);
        var id = await SuspendedWithEventsAsync(run);
        var epoch = await EpochAsync(run, id);

        // The worker looks for work between the turns of others; what is held is none.
        foreach (var _ in Enumerable.Range(0, 5)) await run.OutputOf<string>("Nothing");
        Assert.Equal(epoch, await EpochAsync(run, id));
        await run.Client.ResumeInstanceAsync(id, "test", run.Limit);

        Assert.Equal(Enumerable.Range(1, Held), (await run.EndOf(id)).ReadOutputAs<int[]>()!);
    }

    [Theory, BothModes]
    public async Task Terminate_BehindMoreEventsThanATurnReads_Ends(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Counting);
        var id = await SuspendedWithEventsAsync(run);

        await run.Client.TerminateInstanceAsync(id, "enough", run.Limit);

        Assert.Equal(Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.inbox"));
    }

    [Theory, BothModes]
    public async Task Raise_UnknownInstance_ThrowsKeyNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, _ => { });

        var thrown = await Assert.ThrowsAsync<KeyNotFoundException>(() => run.Client.RaiseEventAsync("nobody", "go", "x", run.Limit));
        Assert.Contains("nobody", thrown.Message, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Raise_EndedInstance_ThrowsInvalidOperation(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Done", _ => 1));
        var end = await run.RunAsync("Done");

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.Client.RaiseEventAsync(end.InstanceId, "go", "x", run.Limit));
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_UnprocessedEvents_AreCarriedBeforeLaterOnes(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, string[]>("Collect", async (context, generation) =>
            {
                if (generation == 0)
                {
                    await context.WaitForExternalEvent<string>("begin");
                    context.ContinueAsNew(1);
                    return [];
                }
                context.SetCustomStatus("again");
                return [await context.WaitForExternalEvent<string>("n"), await context.WaitForExternalEvent<string>("n"), await context.WaitForExternalEvent<string>("n")];
            }));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 0, run.Limit);

        await run.Client.RaiseEventAsync(id, "n", "1", run.Limit);
        await run.Client.RaiseEventAsync(id, "n", "2", run.Limit);
        await run.Client.RaiseEventAsync(id, "begin", "", run.Limit);
        await run.Client.RaiseEventAsync(id, "n", "3", run.Limit);

        Assert.Equal(["1", "2", "3"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_WithoutPreserving_DropsSeenEvents(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, string>("Collect", async (context, generation) =>
            {
                if (generation == 0)
                {
                    context.SetCustomStatus("first");
                    await context.WaitForExternalEvent<string>("begin");
                    context.ContinueAsNew(1, preserveUnprocessedEvents: false);
                    return "";
                }
                context.SetCustomStatus("second");
                return await context.WaitForExternalEvent<string>("n");
            }));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 0, run.Limit);
        await run.StatusOf(id, "first");

        await run.Client.RaiseEventAsync(id, "n", "old", run.Limit);
        await run.Client.RaiseEventAsync(id, "begin", "", run.Limit);
        await run.StatusOf(id, "second");
        await run.Client.RaiseEventAsync(id, "n", "new", run.Limit);

        Assert.Equal("new", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task SendEvent_FromAnotherOrchestration_Arrives(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Wait", context => context.WaitForExternalEvent<string>("go"));
            tasks.AddOrchestratorFunc<string, int>("Send", (context, target) =>
            {
                context.SendEvent(target, "go", "from a friend");
                return 0;
            });
        });
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);

        await run.OutputOf<int>("Send", id);

        Assert.Equal("from a friend", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Wait_EventOfAnotherShape_FailsTheInstanceClearly(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int>("Wait", context => context.WaitForExternalEvent<int>("go")));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", run.Limit);

        await run.Client.RaiseEventAsync(id, "go", "not a number", run.Limit);

        Assert.Equal("System.Text.Json.JsonException", (await run.EndOf(id)).FailureDetails!.ErrorType);
    }

    private static void Counting(Microsoft.DurableTask.DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<string>("Nothing", _ => Task.FromResult("done"));
        tasks.AddOrchestratorFunc<int[]>("Count", async context =>
        {
            context.SetCustomStatus("waiting");
            var found = new int[Held];
            for (var i = 0; i < Held; i++) found[i] = await context.WaitForExternalEvent<int>("n");
            return found;
        });
    }

    private static async Task<string> SuspendedWithEventsAsync(Conformance run)
    {
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Count", run.Limit);
        await run.StatusOf(id, "waiting");
        await run.Client.SuspendInstanceAsync(id, "test", run.Limit);
        await run.Until(id, found => found.RuntimeStatus == Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Suspended);
        await Sql.ExecuteAsync(
            run.Database,
            $"INSERT INTO durable.inbox (instance_id, incarnation, kind, name, payload) SELECT '{id}', incarnation, 5, 'n', n FROM durable.instances, generate_series(1, {Held}) n WHERE instance_id = '{id}' ORDER BY n");
        return id;
    }

    private static Task<long> EpochAsync(Conformance run, string id) =>
        Sql.ScalarAsync<long>(run.Database, $"SELECT epoch FROM durable.instances WHERE instance_id = '{id}'");
}
