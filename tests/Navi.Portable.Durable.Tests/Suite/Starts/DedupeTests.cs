using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Starts;

/// <summary>Behaviour: a start whose id is taken by an instance in one of its WithDedupeStatuses throws OrchestrationAlreadyExistsException.</summary>
public sealed class DedupeTests
{
    private const string Id = "the-one";

    [Theory, BothModes(OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated)]
    public async Task Start_IdOfAnEndedInstance_IsRefusedForItsStatusOnly(int sticky, OrchestrationRuntimeStatus status)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        await ReachAsync(run, status);
        OrchestrationRuntimeStatus[] others = [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Where(other => other != status)];

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => EchoAsync(run, "refused", status));
        Assert.Equal(status, (await run.FindAsync(Id)).RuntimeStatus);
        await EchoAsync(run, "taken", others);

        Assert.Equal("taken", await run.OutputOfInstance<string>(Id));
    }

    [Theory, BothModes(OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended)]
    public async Task Start_IdOfALiveInstance_IsRefusedAndLeavesThatAlone(int sticky, OrchestrationRuntimeStatus status)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        await ReachAsync(run, status);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => EchoAsync(run, "refused", status));

        var found = await run.FindAsync(Id);
        Assert.Equal(status, found.RuntimeStatus);
        Assert.Equal("Wait", found.Name);
    }

    [Theory, BothModes]
    public async Task Start_IdOfAnEndedInstance_StartsAfresh(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddOrchestratorFunc<string>("Next", async context => await context.WaitForExternalEvent<string>("go") + context.NewGuid());
        });
        await run.WaitingAsync(Id);
        await run.RaiseAsync(Id, "other", "left over");
        await run.RaiseAsync(Id, "go", "1 ");
        Assert.Equal("1 ", await run.OutputOfInstance<string>(Id));

        await run.StartAsync("Next", null, Id);
        Assert.Null((await run.Client.GetInstanceAsync(Id, true, run.Limit))!.SerializedCustomStatus);
        await run.RaiseAsync(Id, "go", "2 ");
        var second = await run.OutputOfInstance<string>(Id);
        await run.StartAsync("Next", null, Id);
        await run.RaiseAsync(Id, "go", "2 ");

        Assert.StartsWith("2 ", second, StringComparison.Ordinal);
        Assert.NotEqual(second, await run.OutputOfInstance<string>(Id));
    }

    private static Task<string> EchoAsync(Conformance run, string input, params OrchestrationRuntimeStatus[] dedupe) =>
        run.Client.ScheduleNewOrchestrationInstanceAsync("Echo", input, new StartOrchestrationOptions(Id).WithDedupeStatuses(dedupe), run.Limit);

    private static async Task ReachAsync(Conformance run, OrchestrationRuntimeStatus status)
    {
        switch (status)
        {
            case OrchestrationRuntimeStatus.Completed:
                await run.OutputOfInstance<string>(await run.StartAsync("Echo", "first", Id));
                break;
            case OrchestrationRuntimeStatus.Failed:
                await run.EndOf(await run.StartAsync("Break", null, Id));
                break;
            case OrchestrationRuntimeStatus.Terminated:
                await run.Client.TerminateInstanceAsync(await run.WaitingAsync(Id), run.Limit);
                await run.EndOf(Id);
                break;
            case OrchestrationRuntimeStatus.Pending:
                var later = new StartOrchestrationOptions(Id, TimeProvider.System.GetUtcNow().AddDays(30));
                await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", later, run.Limit);
                break;
            default:
                await run.WaitingAsync(Id);
                if (status == OrchestrationRuntimeStatus.Suspended) await run.SuspendAsync(Id);
                break;
        }
    }
}
