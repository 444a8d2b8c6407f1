using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.SubOrchestrations;

public sealed class SubOrchestrationTests
{
    /// <summary>Behaviour: the parent round-trips.</summary>
    [Theory, BothModes]
    public async Task Call_WithoutId_GivesResultAndKnowsItsParent(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<int, string>("Child", (context, input) => $"{input} {context.Parent!.Name} {context.Parent.InstanceId} {context.InstanceId == context.Parent.InstanceId}");
            tasks.AddOrchestratorFunc<string>("Parent", async context =>
            {
                var first = await context.CallSubOrchestratorAsync<string>("Child", 1);
                var second = await context.CallSubOrchestratorAsync<string>("Child", 2);
                return $"{first}, {second}, {context.Parent is null}";
            });
        });

        var end = await run.RunAsync("Parent");

        Assert.Equal($"1 Parent {end.InstanceId} False, 2 Parent {end.InstanceId} False, True", end.ReadOutputAs<string>());
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

    [Theory, BothModes]
    public async Task Call_WithoutId_GivesEachChildAnotherId(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Child", context => context.InstanceId);
            tasks.AddOrchestratorFunc<string[]>("Parent", context =>
                Task.WhenAll(Enumerable.Range(0, 10).Select(_ => context.CallSubOrchestratorAsync<string>("Child"))));
        });

        Assert.Equal(10, (await run.OutputOf<string[]>("Parent"))!.Distinct().Count());
    }

    [Theory, BothModes]
    public async Task Call_OptionsWithInstanceId_UseIt(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Child", context => context.InstanceId);
            tasks.AddOrchestratorFunc<string>("Parent", context =>
                context.CallSubOrchestratorAsync<string>("Child", TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromSeconds(1))).WithInstanceId("named")));
        });

        Assert.Equal("named", await run.OutputOf<string>("Parent"));
        Assert.Equal("named", (await run.EndOf("named")).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Call_IdOfAnEndedChild_StartsItAfresh(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<int, int>("Child", (_, value) => value);
            tasks.AddOrchestratorFunc<string>("Parent", async context =>
            {
                var options = new SubOrchestrationOptions(instanceId: "again");
                return $"{await context.CallSubOrchestratorAsync<int>("Child", 1, options)} {await context.CallSubOrchestratorAsync<int>("Child", 2, options)}";
            });
        });

        Assert.Equal("1 2", await run.OutputOf<string>("Parent"));
    }

    [Theory, BothModes]
    public async Task Call_WithoutInputOrOutput_GivesDefaults(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string?, string?>("Child", (_, input) => input);
            tasks.AddOrchestratorFunc<bool>("Parent", async context =>
            {
                await context.CallSubOrchestratorAsync("Child");
                return await context.CallSubOrchestratorAsync<string?>("Child") is null && await context.CallSubOrchestratorAsync<int>("Child") == 0;
            });
        });

        Assert.True(await run.OutputOf<bool>("Parent"));
    }

    [Theory, BothModes]
    public async Task Child_WhileItRuns_CanBeSeenAndTalkedTo(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.StartAsync("WaitBelow");

        var child = await run.StatusOf(id + "-sub", "waiting");
        await run.RaiseAsync(id + "-sub", "go", "to the child");

        Assert.Equal("Wait", child.Name);
        Assert.Equal("to the child", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Child_OfAParentThatContinuedAsNew_AnswersNobody(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddOrchestratorFunc<int, string>("Parent", async (context, generation) =>
            {
                if (generation == 0)
                {
                    _ = context.CallSubOrchestratorAsync<string>("Wait", new SubOrchestrationOptions(instanceId: "old-child"));
                    context.ContinueAsNew(1);
                    return "";
                }
                // The same step of the new generation: the old child's answer must not end it.
                var child = context.CallSubOrchestratorAsync<string>("Wait", new SubOrchestrationOptions(instanceId: "new-child"));
                return await child;
            });
        });
        var id = await run.StartAsync("Parent", 0);
        await run.StatusOf("old-child", "waiting");
        await run.StatusOf("new-child", "waiting");

        await run.RaiseAsync("old-child", "go", "old");
        await run.EndOf("old-child");
        await run.RaiseAsync("new-child", "go", "new");

        Assert.Equal("new", await run.OutputOfInstance<string>(id));
    }
}
