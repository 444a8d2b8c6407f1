using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite;

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
}
