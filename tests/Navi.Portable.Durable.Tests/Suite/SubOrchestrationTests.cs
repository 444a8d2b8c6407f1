using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite;

public sealed class SubOrchestrationTests
{
    [Theory, BothModes]
    public async Task Call_WithoutId_GivesResultAndKnowsItsParent(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<int, string>("Child", (context, input) => $"{input} {context.Parent!.Name} {context.Parent.InstanceId} {context.InstanceId.Length}");
            tasks.AddOrchestratorFunc<string>("Parent", async context =>
            {
                var first = await context.CallSubOrchestratorAsync<string>("Child", 1);
                var second = await context.CallSubOrchestratorAsync<string>("Child", 2);
                return $"{first}, {second}, {context.Parent is null}";
            });
        });

        var end = await run.RunAsync("Parent");

        Assert.Equal($"1 Parent {end.InstanceId} 32, 2 Parent {end.InstanceId} 32, True", end.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Call_WithIdVersionAndTags_UsesThem(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Child", context => $"{context.InstanceId} {context.Version}");
            tasks.AddOrchestratorFunc<string>("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Child", new SubOrchestrationOptions(new TaskOptions(tags: new Dictionary<string, string> { ["k"] = "v" }), "my-child") { Version = "2.0" }));
        });

        Assert.Equal("my-child 2.0", await run.OutputOf<string>("Parent"));
        Assert.Equal("v", (await run.Client.GetInstanceAsync("my-child", run.Limit))!.Tags["k"]);
    }

    [Theory, BothModes]
    public async Task Call_ChildFails_ThrowsTaskFailedException(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc("Child", _ => throw new InvalidOperationException("child broke"));
            tasks.AddOrchestratorFunc<string>("Parent", async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                    return "passed";
                }
                catch (TaskFailedException failed)
                {
                    return $"{failed.TaskName} {failed.FailureDetails.ErrorType} {failed.FailureDetails.ErrorMessage}";
                }
            });
        });

        Assert.Equal("Child System.InvalidOperationException child broke", await run.OutputOf<string>("Parent"));
    }

    [Theory, BothModes]
    public async Task Call_UnknownName_FailsWithOrchestratorTaskNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Nowhere")));

        Assert.Equal("OrchestratorTaskNotFound", (await run.RunAsync("Parent")).FailureDetails!.InnerFailure!.ErrorType);
    }

    [Theory, BothModes]
    public async Task Call_IdOfARunningInstance_FailsTheCallAndLeavesThatAlone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Wait", context =>
            {
                context.SetCustomStatus("waiting");
                return context.WaitForExternalEvent<string>("go");
            });
            tasks.AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Wait", new SubOrchestrationOptions(instanceId: "taken")));
        });
        await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("taken"), run.Limit);
        await run.StatusOf("taken", "waiting");

        var end = await run.RunAsync("Parent");

        Assert.Contains("already there", end.FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.Client.GetInstanceAsync("taken", run.Limit))!.RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task Terminate_Child_IsAFailureForTheParent(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Wait", context =>
            {
                context.SetCustomStatus("waiting");
                return context.WaitForExternalEvent<string>("go");
            });
            tasks.AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Wait", new SubOrchestrationOptions(instanceId: "child")));
        });
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Parent", run.Limit);
        await run.StatusOf("child", "waiting");

        await run.Client.TerminateInstanceAsync("child", run.Limit);

        Assert.Equal("OrchestrationTerminated", (await run.EndOf(id)).FailureDetails!.InnerFailure!.ErrorType);
    }
}
