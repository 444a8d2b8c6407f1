using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.SubOrchestrations;

public sealed class NestingTests
{
    [Theory, BothModes]
    public async Task Call_TenLevelsDeep_GivesTheResultsBackUp(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, string>("Level", async (context, level) =>
                level == 10 ? "bottom" : $"{level} {await context.CallSubOrchestratorAsync<string>("Level", level + 1)}"));

        Assert.Equal("0 1 2 3 4 5 6 7 8 9 bottom", await run.OutputOf<string>("Level", 0));
    }

    [Theory, BothModes]
    public async Task Call_ManyChildrenAtOnce_GivesEachItsOwnResult(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Square", (_, value) => value * value);
            tasks.AddOrchestratorFunc<int, int>("Child", (context, value) => context.CallActivityAsync<int>("Square", value));
            tasks.AddOrchestratorFunc<int[]>("Parent", context =>
                Task.WhenAll(Enumerable.Range(0, 25).Select(value => context.CallSubOrchestratorAsync<int>("Child", value))));
        });

        Assert.Equal(Enumerable.Range(0, 25).Select(value => value * value), (await run.OutputOf<int[]>("Parent"))!);
    }

    [Theory, BothModes]
    public async Task Call_OneOfManyChildrenFails_TheOthersComplete(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<int, int>("Child", (_, value) => value == 2 ? throw new FormatException("two") : value);
            tasks.AddOrchestratorFunc<string>("Parent", async context =>
            {
                Task<int>[] children = [.. Enumerable.Range(0, 5).Select(value => context.CallSubOrchestratorAsync<int>("Child", value))];
                try
                {
                    await Task.WhenAll(children);
                    return "none failed";
                }
                catch (TaskFailedException failed)
                {
                    return $"{failed.FailureDetails.ErrorMessage}: {children.Count(child => child.IsCompletedSuccessfully)}";
                }
            });
        });

        Assert.Equal("two: 4", await run.OutputOf<string>("Parent"));
    }

    [Theory, BothModes]
    public async Task Failure_FromTwoLevelsDown_KeepsItsChain(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new FormatException("deep"));
            tasks.AddOrchestratorFunc("Child", context => context.CallActivityAsync("Break"));
            tasks.AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Child"));
        });

        var failure = await run.FailureOf("Parent");

        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.ErrorType);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.InnerFailure!.ErrorType);
        Assert.Equal("System.FormatException", failure.InnerFailure.InnerFailure!.ErrorType);
        Assert.Equal("deep", failure.InnerFailure.InnerFailure.ErrorMessage);
    }

    [Theory, BothModes]
    public async Task Call_NeverAwaited_RunsAfterItsParentEnded(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddOrchestratorFunc<string>("Parent", context =>
            {
                _ = context.CallSubOrchestratorAsync("Wait", new SubOrchestrationOptions(instanceId: "orphan"));
                return "gone";
            });
        });

        Assert.Equal("gone", await run.OutputOf<string>("Parent"));
        await run.StatusOf("orphan", "waiting");
        await run.RaiseAsync("orphan", "go", "alone");

        Assert.Equal("alone", await run.OutputOfInstance<string>("orphan"));
    }

    [Theory, BothModes]
    public async Task Call_ChildThatContinuesAsNew_GivesItsLastResult(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<int, string>("Child", (context, generation) =>
            {
                if (generation < 5) context.ContinueAsNew(generation + 1);
                return $"{generation} {context.Parent!.Name}";
            });
            tasks.AddOrchestratorFunc<string>("Parent", context => context.CallSubOrchestratorAsync<string>("Child", 0));
        });

        Assert.Equal("5 Parent", await run.OutputOf<string>("Parent"));
    }

    [Theory, BothModes]
    public async Task Call_ChildThatSleeps_WakesItsParent(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<int, int>("Child", async (context, value) =>
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
                return value;
            });
            tasks.AddOrchestratorFunc<int>("Parent", async context =>
            {
                var sum = 0;
                for (var n = 1; n <= 4; n++) sum += await context.CallSubOrchestratorAsync<int>("Child", n);
                return sum;
            });
        });

        Assert.Equal(10, await run.OutputOf<int>("Parent"));
    }

    [Theory, BothModes]
    public async Task Terminate_Recursive_EndsEveryLevel(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Levels);
        var id = await run.StartAsync("Level", 0, "level-0");
        await run.StatusOf("level-3", "bottom");

        await run.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions("all of you", Recursive: true), run.Limit);

        for (var level = 0; level <= 3; level++)
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf($"level-{level}")).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task Terminate_NotRecursive_LeavesTheChildren(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Levels);
        var id = await run.StartAsync("Level", 0, "level-0");
        await run.StatusOf("level-3", "bottom");

        await run.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(Recursive: false), run.Limit);
        await run.EndOf(id);
        await run.RaiseAsync("level-3", "go", "still there");

        Assert.Equal("still there", await run.OutputOfInstance<string>("level-1"));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.FindAsync(id)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task Suspend_Parent_HearsOfItsChildAfterResuming(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.StartAsync("WaitBelow");
        await run.StatusOf(id + "-sub", "waiting");
        await run.SuspendAsync(id);

        await run.RaiseAsync(id + "-sub", "go", "from below");
        await run.EndOf(id + "-sub");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.FindAsync(id)).RuntimeStatus);
        await run.ResumeAsync(id);

        Assert.Equal("from below", await run.OutputOfInstance<string>(id));
    }

    private static void Levels(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc<int, string>("Level", async (context, level) =>
    {
        if (level < 3) return await context.CallSubOrchestratorAsync<string>("Level", level + 1, new SubOrchestrationOptions(instanceId: $"level-{level + 1}"));
        context.SetCustomStatus("bottom");
        return await context.WaitForExternalEvent<string>("go");
    });
}
