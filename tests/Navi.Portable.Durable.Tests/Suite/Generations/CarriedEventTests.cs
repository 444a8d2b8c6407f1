using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Generations;

/// <summary>Kept events survive executions that end before they hear of them.</summary>
public sealed class CarriedEventTests
{
    [Theory, BothModes]
    public async Task ContinueAsNew_AgainAtOnce_CarriesEventsThroughEveryExecution(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, string[]>("Collect", async (context, generation) =>
            {
                if (generation == 0) await context.WaitForExternalEvent<string>("begin");
                if (generation < 4)
                {
                    context.ContinueAsNew(generation + 1);
                    return [];
                }
                return [await context.WaitForExternalEvent<string>("n"), await context.WaitForExternalEvent<string>("n")];
            }));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Collect", 0, run.Limit);

        await run.Client.RaiseEventAsync(id, "n", "1", run.Limit);
        await run.Client.RaiseEventAsync(id, "n", "2", run.Limit);
        await run.Client.RaiseEventAsync(id, "begin", "", run.Limit);

        Assert.Equal(["1", "2"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_AfterTheFirstOfManyCarried_CarriesTheRest(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, int>("Count", async (context, seen) =>
            {
                // The first execution has all of them in memory before it goes on.
                await context.WaitForExternalEvent<string>(seen < 0 ? "begin" : "n");
                if (seen < 4) context.ContinueAsNew(seen + 1);
                return seen + 1;
            }));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Count", -1, run.Limit);

        for (var n = 0; n < 5; n++) await run.Client.RaiseEventAsync(id, "n", n.ToString(System.Globalization.CultureInfo.InvariantCulture), run.Limit);
        await run.Client.RaiseEventAsync(id, "begin", "", run.Limit);

        Assert.Equal(5, (await run.EndOf(id)).ReadOutputAs<int>());
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
        var id = await run.StartAsync("Collect", 0);

        await run.RaiseAsync(id, "n", "1");
        await run.RaiseAsync(id, "n", "2");
        await run.RaiseAsync(id, "begin", "");
        await run.RaiseAsync(id, "n", "3");

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
        var id = await run.StartAsync("Collect", 0);
        await run.StatusOf(id, "first");

        await run.RaiseAsync(id, "n", "old");
        await run.RaiseAsync(id, "begin", "");
        await run.StatusOf(id, "second");
        await run.RaiseAsync(id, "n", "new");

        Assert.Equal("new", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_OptionsThatDropEvents_DropThem(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, string>("Collect", async (context, generation) =>
            {
                await context.WaitForExternalEvent<string>("begin");
                if (generation == 0)
                {
                    context.ContinueAsNew(new ContinueAsNewOptions { NewInput = 1, PreserveUnprocessedEvents = false });
                    return "";
                }
                return context.WaitForExternalEvent<string>("n").IsCompleted ? "kept" : "dropped";
            }));
        var id = await run.StartAsync("Collect", 0);

        await run.RaiseAsync(id, "n", "old");
        await run.RaiseAsync(id, "begin", "");
        await run.Until(id, found => found.SerializedInput == "1");
        await run.RaiseAsync(id, "begin", "");

        Assert.Equal("dropped", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_EventsOfSeveralNames_KeepTheirOrderPerName(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, string>("Collect", async (context, generation) =>
            {
                await context.WaitForExternalEvent<string>("begin");
                if (generation == 0)
                {
                    context.ContinueAsNew(1);
                    return "";
                }
                var found = "";
                foreach (var name in new[] { "B", "a", "b", "A" }) found += await context.WaitForExternalEvent<string>(name);
                return found;
            }));
        var id = await run.StartAsync("Collect", 0);

        foreach (var (name, data) in new[] { ("a", "a1"), ("b", "b1"), ("begin", ""), ("a", "a2"), ("b", "b2"), ("begin", "") }) await run.RaiseAsync(id, name, data);

        Assert.Equal("b1a1b2a2", await run.OutputOfInstance<string>(id));
    }
}
