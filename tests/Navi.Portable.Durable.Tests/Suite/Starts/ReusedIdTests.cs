using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Starts;

/// <summary>What an earlier instance of an id left under way never reaches a later one.</summary>
public sealed class ReusedIdTests
{
    private const string Id = "reused";

    [Theory, BothModes]
    public async Task Start_AfterATermination_DoesNotHearTheEarlierActivity(int sticky)
    {
        var gate = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddActivityFunc<string, string>("Say", async (_, text) =>
            {
                if (text != "old") return text;
                began.TrySetResult();
                await gate.Task;
                return text;
            });
            tasks.AddOrchestratorFunc<string, string>("Work", async (context, text) =>
            {
                if (text == "new") await context.WaitForExternalEvent<string>("go");
                return await context.CallActivityAsync<string>("Say", text);
            });
        });
        await run.StartAsync("Work", "old", Id);
        await began.Task.WaitAsync(run.Limit);
        await run.Client.TerminateInstanceAsync(Id, run.Limit);
        await run.EndOf(Id);

        await run.StartAsync("Work", "new", Id);
        gate.SetResult();
        await run.OutputOf<string>("Echo", "others go on");
        await run.RaiseAsync(Id, "go", "");

        Assert.Equal("new", await run.OutputOfInstance<string>(Id));
    }

    [Theory, BothModes]
    public async Task Start_AfterATermination_DoesNotHearTheEarlierChild(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddOrchestratorFunc<string, string>("Parent", (context, child) =>
                context.CallSubOrchestratorAsync<string>("Wait", new SubOrchestrationOptions(instanceId: child)));
        });
        await run.StartAsync("Parent", "old-child", Id);
        await run.StatusOf("old-child", "waiting");
        await run.Client.TerminateInstanceAsync(Id, new TerminateInstanceOptions(Recursive: false), run.Limit);
        await run.EndOf(Id);
        await run.StartAsync("Parent", "new-child", Id);
        await run.StatusOf("new-child", "waiting");

        await run.RaiseAsync("old-child", "go", "old");
        await run.EndOf("old-child");
        await run.RaiseAsync("new-child", "go", "new");

        Assert.Equal("new", await run.OutputOfInstance<string>(Id));
    }

    [Theory, BothModes]
    public async Task Start_OverALiveInstanceThatMayGo_TakesItsPlace(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        await run.WaitingAsync(Id);
        await run.RaiseAsync(Id, "other", "for the first");

        var options = new StartOrchestrationOptions(Id).WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);
        var end = await run.RunAsync("Echo", "in its place", options);

        Assert.Equal("in its place", end.ReadOutputAs<string>());
        Assert.Equal("Echo", end.Name);
    }

    [Theory, BothModes]
    public async Task Start_AfterAPurge_StartsWithoutItsEvents(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddOrchestratorFunc<bool>("Ask", context => context.WaitForExternalEvent<string>("other").IsCompleted);
        });
        await run.WaitingAsync(Id);
        foreach (var name in new[] { "other", "go" }) await run.RaiseAsync(Id, name, name);
        await run.EndOf(Id);
        await run.Client.PurgeInstanceAsync(Id, run.Limit);

        await run.StartAsync("Ask", null, Id);

        Assert.False(await run.OutputOfInstance<bool>(Id));
    }
}
