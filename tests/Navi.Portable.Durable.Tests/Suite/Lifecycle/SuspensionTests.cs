using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Lifecycle;

public sealed class SuspensionTests
{
    [Theory, BothModes]
    public async Task Suspend_ThenResume_GoesOnWhereItWas(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();

        await run.SuspendAsync(id);
        await run.RaiseAsync(id, "go", "on");
        await run.ResumeAsync(id);

        Assert.Equal("on", await run.OutputOfInstance<string>(id));
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
        var id = await run.StartAsync("Collect");
        await run.StatusOf(id, "waiting");
        await run.SuspendAsync(id);

        foreach (var data in new[] { "1", "2", "3" }) await run.RaiseAsync(id, "n", data);
        await run.ResumeAsync(id);

        Assert.Equal(["1", "2", "3"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Theory, BothModes]
    public async Task Suspend_AgainAndAgain_LosesNothing(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<int>("Sum", async context =>
        {
            var sum = 0;
            for (var n = 0; n < 5; n++) sum += await context.WaitForExternalEvent<int>("n");
            return sum;
        }));
        var id = await run.StartAsync("Sum");

        for (var n = 1; n <= 5; n++)
        {
            await run.SuspendAsync(id);
            await run.RaiseAsync(id, "n", n);
            await run.ResumeAsync(id);
            if (n < 5) await run.Until(id, found => found.IsRunning);
        }

        Assert.Equal(15, await run.OutputOfInstance<int>(id));
    }

    [Theory, BothModes]
    public async Task Suspend_Twice_StillHoldsAndNeedsOneResume(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();

        await run.SuspendAsync(id);
        await run.RaiseAsync(id, "go", "on");
        // The second one is heard while the event is held.
        await run.SuspendAsync(id);
        await run.OutputOf<string>("Echo", "others go on");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.FindAsync(id)).RuntimeStatus);
        await run.ResumeAsync(id);

        Assert.Equal("on", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Resume_OfARunningInstance_ChangesNothing(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();

        await run.ResumeAsync(id);
        await run.RaiseAsync(id, "go", "on");

        Assert.Equal("on", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Suspend_ActivityEndsMeanwhile_IsHeardAfterResuming(int sticky)
    {
        var gate = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddActivityFunc<string>("Slow", async _ =>
            {
                began.TrySetResult();
                await gate.Task;
                return "done";
            });
            tasks.AddActivityFunc<string>("Next", _ => "next");
            tasks.AddOrchestratorFunc<string>("Work", async context =>
                $"{await context.CallActivityAsync<string>("Slow")} {await context.CallActivityAsync<string>("Next")}");
        });
        var id = await run.StartAsync("Work");
        await began.Task.WaitAsync(run.Limit);
        await run.SuspendAsync(id);

        gate.SetResult();
        await run.OutputOf<string>("Echo", "others go on");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.FindAsync(id)).RuntimeStatus);
        await run.ResumeAsync(id);

        Assert.Equal("done next", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Suspend_Instance_KeepsItsStatusAndIsFoundByIt(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();
        await run.WaitingAsync();
        await run.SuspendAsync(id);

        var found = new List<OrchestrationMetadata>();
        var query = new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Suspended], FetchInputsAndOutputs: true);
        await foreach (var instance in run.Client.GetAllInstancesAsync(query)) found.Add(instance);

        var only = Assert.Single(found);
        Assert.Equal(id, only.InstanceId);
        Assert.Equal("waiting", only.ReadCustomStatusAs<string>());
        Assert.False(only.IsCompleted);
    }

    [Theory, BothModes]
    public async Task Suspend_BeforeTheFirstTurn_HoldsTheStart(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.StartAsync("Wait");

        await run.SuspendAsync(id);
        await run.RaiseAsync(id, "go", "on");
        await run.ResumeAsync(id);

        Assert.Equal("on", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Suspend_OverARedeployment_StaysSuspended(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();
        await run.SuspendAsync(id);

        await run.RedeployAsync(CommonTasks.Register);
        await run.RaiseAsync(id, "go", "on");
        await run.OutputOf<string>("Echo", "others go on");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.FindAsync(id)).RuntimeStatus);
        await run.ResumeAsync(id);

        Assert.Equal("on", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Suspend_OfOneThatContinuesAsNew_HoldsTheNextGeneration(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc<int, int>("Loop", async (context, generation) =>
            {
                await context.CallActivityAsync("Step");
                if (context.WaitForExternalEvent<string>("stop").IsCompleted) return generation;
                context.ContinueAsNew(generation + 1);
                return generation;
            });
        });
        var id = await run.StartAsync("Loop", 0);
        await run.SuspendAsync(id);
        var input = (await run.Client.GetInstanceAsync(id, true, run.Limit))!.SerializedInput;

        for (var n = 0; n < 5; n++) await run.OutputOf<string>("Echo", "others go on");
        Assert.Equal(input, (await run.Client.GetInstanceAsync(id, true, run.Limit))!.SerializedInput);
        await run.RaiseAsync(id, "stop", "");
        await run.ResumeAsync(id);

        await run.OutputOfInstance<int>(id);
    }
}
