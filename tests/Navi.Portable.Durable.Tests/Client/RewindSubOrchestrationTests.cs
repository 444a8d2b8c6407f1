using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Client;

/// <summary>Rewinding goes down to the sub-orchestrations whose failure it takes back.</summary>
public sealed class RewindSubOrchestrationTests
{
    private readonly FlakyWorld world = new();

    private void Tasks(DurableTaskRegistry tasks)
    {
        world.AddTo(tasks);
        tasks.AddOrchestratorFunc<string, string>("Low", async (context, name) =>
            $"{await context.CallActivityAsync<string>("Do", name + "1")} {await context.CallActivityAsync<string>("Do", name + "2")}");
        tasks.AddOrchestratorFunc<string, string>("Middle", (context, name) => Call(context, "Low", name));
        tasks.AddOrchestratorFunc<string>("High", context => Call(context, "Middle", "x"));
        tasks.AddOrchestratorFunc<string>("Handles", async context =>
        {
            try
            {
                await Call(context, "Low", "x");
            }
            catch (TaskFailedException)
            {
                await context.CallActivityAsync<string>("Do", "instead");
            }
            return await Call(context, "Low", "y");
        });
        tasks.AddOrchestratorFunc<string, string>("Slow", (context, _) => context.WaitForExternalEvent<string>("go"));
        // Fails with its activity, and leaves the sub-orchestration running.
        tasks.AddOrchestratorFunc<string[]>("Beside", async context =>
        {
            var slow = Call(context, "Slow", "s");
            return [await context.CallActivityAsync<string>("Do", "a"), await slow];
        });
    }

    [Theory, BothModes]
    public async Task Rewind_FailureThreeDeep_IsTriedAgainAtItsPlace(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "High", "x2");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        Assert.Equal("did x1 did x2", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(["x1", "x2", "x2"], world.Calls);
        Assert.Equal("did x1 did x2", (await run.EndOf(id + "-x-x")).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Rewind_SubOrchestrationWhoseFailureWasDealtWith_StaysFailed(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Handles", "x1", "y2");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        Assert.Equal("did y1 did y2", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await run.EndOf(id + "-x")).RuntimeStatus);
        Assert.Equal(["x1", "instead", "y1", "y2", "y2"], world.Calls);
    }

    [Theory, BothModes]
    public async Task Rewind_SubOrchestrationThatIsGone_BeginsAnew(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Middle", "x2");
        Assert.Equal(1, (await run.Client.PurgeInstanceAsync(id + "-x", run.Limit)).PurgedInstanceCount);

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        Assert.Equal("did x1 did x2", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(["x1", "x2", "x1", "x2"], world.Calls);
    }

    [Theory, BothModes]
    public async Task Rewind_SubOrchestrationStillRuns_IsWaitedFor(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Beside", "a");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);
        await run.Client.RaiseEventAsync(id + "-s", "go", "went", run.Limit);

        Assert.Equal(["did a", "went"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Theory, BothModes]
    public async Task Rewind_SubOrchestrationWasDoneTooLate_IsHeardNow(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Beside", "a");
        await run.Client.RaiseEventAsync(id + "-s", "go", "went", run.Limit);
        var below = await run.EndOf(id + "-s");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        Assert.Equal(["did a", "went"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
        Assert.Equal(below.CreatedAt, (await run.EndOf(id + "-s")).CreatedAt);
    }

    [Theory, BothModes]
    public async Task Rewind_OnlyTheSubOrchestration_LeavesItsParentFailed(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Middle", "x2");

        await run.Client.RewindInstanceAsync(id + "-x", "mended", run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await run.EndOf(id + "-x")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await run.EndOf(id)).RuntimeStatus);
        await run.Client.RewindInstanceAsync(id, "and the parent", run.Limit);
        Assert.Equal("did x1 did x2", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(["x1", "x2", "x2"], world.Calls);
    }

    private static Task<string> Call(TaskOrchestrationContext context, string name, string input) =>
        context.CallSubOrchestratorAsync<string>(name, input, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-{input}"));

    private async Task<string> FailAsync(Conformance run, string name, params string[] broken)
    {
        world.Break(broken);
        var end = await run.RunAsync(name, "x");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        world.Mend();
        return end.InstanceId;
    }
}
