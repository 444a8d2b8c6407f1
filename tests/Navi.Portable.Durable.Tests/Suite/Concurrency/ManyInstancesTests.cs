using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Concurrency;

public sealed class ManyInstancesTests
{
    [Theory, BothModes]
    public async Task Instances_HundredsAtOnce_EachGivesItsOwnResult(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Add", (_, value) => value + 1);
            tasks.AddOrchestratorFunc<int, int>("Chain", async (context, value) =>
            {
                for (var step = 0; step < 3; step++) value = await context.CallActivityAsync<int>("Add", value);
                return value;
            });
        });

        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => run.StartAsync("Chain", number * 10)));

        foreach (var (number, id) in ids.Index()) Assert.Equal((number * 10) + 3, await run.OutputOfInstance<int>(id));
    }

    [Theory, BothModes]
    public async Task Events_FromManyRaisersAtOnce_AreAllCounted(int sticky)
    {
        const int raisers = 10;
        const int each = 12;
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<int[][]>("Collect", async context =>
        {
            var found = new int[raisers * each][];
            for (var n = 0; n < found.Length; n++) found[n] = await context.WaitForExternalEvent<int[]>("n");
            return found;
        }));
        var id = await run.StartAsync("Collect");

        await Task.WhenAll(Enumerable.Range(0, raisers).Select(async raiser =>
        {
            for (var n = 0; n < each; n++) await run.RaiseAsync(id, "n", new[] { raiser, n });
        }));

        var found = (await run.OutputOfInstance<int[][]>(id))!;
        // Those of one raiser keep their order; between raisers there is none.
        for (var raiser = 0; raiser < raisers; raiser++)
            Assert.Equal(Enumerable.Range(0, each), found.Where(pair => pair[0] == raiser).Select(pair => pair[1]));
    }

    [Theory, BothModes]
    public async Task HotInstance_BesideOthers_HoldsNobodyUp(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddActivityFunc<int, int>("Add", (_, value) => value + 1);
            // Always busy until it is told to stop: a generation of two steps after the other.
            tasks.AddOrchestratorFunc<int, int>("Hot", async (context, count) =>
            {
                count = await context.CallActivityAsync<int>("Add", await context.CallActivityAsync<int>("Add", count));
                if (context.WaitForExternalEvent<string>("stop").IsCompleted) return count;
                context.ContinueAsNew(count);
                return count;
            });
        });
        var hot = await run.StartAsync("Hot", 0);

        for (var n = 0; n < 15; n++)
        {
            var id = await run.WaitingAsync();
            await run.RaiseAsync(id, "go", $"{n}");
            Assert.Equal($"{n}", await run.OutputOfInstance<string>(id));
        }
        Assert.False((await run.FindAsync(hot)).IsCompleted);
        await run.RaiseAsync(hot, "stop", "");

        Assert.True(await run.OutputOfInstance<int>(hot) > 0);
    }

    [Theory, BothModes]
    public async Task Instances_StartedBySiblings_TalkWithoutLosingEvents(int sticky)
    {
        const int workers = 12;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<int, int>("Worker", async (context, number) =>
            {
                context.SendEvent("hub", "done", number);
                return await context.WaitForExternalEvent<int>("answer");
            });
            tasks.AddOrchestratorFunc<int>("Hub", async context =>
            {
                var workersDone = Enumerable.Range(0, workers)
                    .Select(number => context.CallSubOrchestratorAsync<int>("Worker", number, new SubOrchestrationOptions(instanceId: $"worker-{number}"))).ToList();
                for (var n = 0; n < workers; n++)
                {
                    var number = await context.WaitForExternalEvent<int>("done");
                    context.SendEvent($"worker-{number}", "answer", number * 2);
                }
                return (await Task.WhenAll(workersDone)).Sum();
            });
        });

        Assert.Equal(workers * (workers - 1), await run.OutputOfInstance<int>(await run.StartAsync("Hub", null, "hub")));
    }

    [Theory, BothModes]
    public async Task ControlMessages_FromManyClientsAtOnce_EndInOneState(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(_ => new[]
        {
            run.Client.SuspendInstanceAsync(id, "pause", run.Limit),
            run.Client.ResumeInstanceAsync(id, "on", run.Limit),
            run.RaiseAsync(id, "other", "x"),
        }));
        await run.SuspendAsync(id);
        await run.ResumeAsync(id);
        await run.RaiseAsync(id, "go", "calm");

        Assert.Equal("calm", await run.OutputOfInstance<string>(id));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await run.FindAsync(id)).RuntimeStatus);
    }
}
