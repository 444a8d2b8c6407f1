using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Lifecycle;

public sealed class ClientWaitTests
{
    [Theory, BothModes]
    public async Task WaitForStart_RunningInstance_ReturnsBeforeTheEnd(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.StartAsync("Wait");

        var started = await run.Client.WaitForInstanceStartAsync(id, true, run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Running, started.RuntimeStatus);
        Assert.Equal("waiting", started.ReadCustomStatusAs<string>());
    }

    [Theory, BothModes]
    public async Task WaitForStart_EndedInstance_ReturnsIt(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var end = await run.RunAsync("Break");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await run.Client.WaitForInstanceStartAsync(end.InstanceId, run.Limit)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task WaitForCompletion_ManyWaiters_AllHearOfIt(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();

        Task<OrchestrationMetadata>[] waits = [.. Enumerable.Range(0, 10).Select(_ => run.EndOf(id))];
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));
        await run.RaiseAsync(id, "go", "all of you");

        Assert.All(await Task.WhenAll(waits), end => Assert.Equal("all of you", end.ReadOutputAs<string>()));
    }

    [Theory, BothModes]
    public async Task WaitForCompletion_FailedInstance_ReturnsWithoutThrowing(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.StartAsync("Break");

        var end = await run.Client.WaitForInstanceCompletionAsync(id, run.Limit);

        Assert.Equal("broken", end.FailureDetails!.ErrorMessage);
        Assert.Throws<InvalidOperationException>(() => end.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task WaitForCompletion_OverContinueAsNew_WaitsForTheLastGeneration(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<int, int>("Again", async (context, generation) =>
        {
            if (generation == 3) await context.WaitForExternalEvent<string>("go");
            else context.ContinueAsNew(generation + 1);
            return generation;
        }));
        var id = await run.StartAsync("Again", 0);
        var end = run.EndOf(id);

        await run.Until(id, found => found.SerializedInput == "3");
        Assert.False(end.IsCompleted);
        await run.RaiseAsync(id, "go", "");

        Assert.Equal(3, (await end).ReadOutputAs<int>());
    }

    [Theory, BothModes]
    public async Task Wait_Cancelled_ThrowsAndLeavesTheInstanceAlone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();
        using var cancellation = new CancellationTokenSource();

        var completion = run.Client.WaitForInstanceCompletionAsync(id, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => completion);
        await run.RaiseAsync(id, "go", "unharmed");
        Assert.Equal("unharmed", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Calls_TokenCancelledBefore_ThrowAndDoNothing(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();
        var cancelled = new CancellationToken(true);
        var client = run.Client;

        foreach (var call in new Func<Task>[]
        {
            () => client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", new StartOrchestrationOptions("never"), cancelled),
            () => client.RaiseEventAsync(id, "go", "never", cancelled),
            () => client.SuspendInstanceAsync(id, "never", cancelled),
            () => client.TerminateInstanceAsync(id, "never", cancelled),
            () => client.GetInstanceAsync(id, cancelled),
            () => client.WaitForInstanceStartAsync(id, cancelled),
            () => client.PurgeInstanceAsync(id, cancelled),
            async () =>
            {
                await foreach (var _ in client.GetAllInstancesAsync().WithCancellation(cancelled))
                {
                }
            },
        })
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);

        Assert.Null(await client.GetInstanceAsync("never", run.Limit));
        await run.RaiseAsync(id, "go", "unharmed");
        Assert.Equal("unharmed", await run.OutputOfInstance<string>(id));
    }
}
