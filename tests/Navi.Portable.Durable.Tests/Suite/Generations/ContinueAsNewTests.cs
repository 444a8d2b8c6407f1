using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Generations;

public sealed class ContinueAsNewTests
{
    [Theory, BothModes]
    public async Task ContinueAsNew_ManyTimes_HandsEachInputOn(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Add", (_, value) => value + 1);
            tasks.AddOrchestratorFunc<int, int>("Count", async (context, number) =>
            {
                if (number < 40) context.ContinueAsNew(await context.CallActivityAsync<int>("Add", number));
                return number;
            });
        });

        Assert.Equal(40, await run.OutputOf<int>("Count", 0));
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_Instance_StaysTheSame(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, string>("Again", (context, generation) =>
            {
                if (generation == 0) context.SetCustomStatus("of the first");
                if (generation < 3) context.ContinueAsNew(generation + 1);
                return $"{context.InstanceId} {context.Name} {context.Version}";
            }));
        var options = new StartOrchestrationOptions("same") { Version = "1.2", Tags = new Dictionary<string, string> { ["k"] = "v" } };

        var end = await run.RunAsync("Again", 0, options);

        Assert.Equal("same Again 1.2", end.ReadOutputAs<string>());
        Assert.Equal("v", end.Tags["k"]);
        Assert.Equal(3, end.ReadInputAs<int>());
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_WithAnotherVersion_GoesOnAsThat(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string, string>("Upgrade", (context, seen) =>
            {
                seen += context.Version + " ";
                if (context.Version != "3.0")
                    context.ContinueAsNew(new ContinueAsNewOptions { NewInput = seen, NewVersion = context.Version == "1.0" ? "2.0" : "3.0" });
                return seen;
            }));

        var end = await run.RunAsync("Upgrade", "", new StartOrchestrationOptions { Version = "1.0" });

        Assert.Equal("1.0 2.0 3.0 ", end.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_CalledTwice_TakesTheLast(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, int>("Again", (context, number) =>
            {
                if (number > 0) return number;
                context.ContinueAsNew(1);
                context.ContinueAsNew(2);
                return 0;
            }));

        Assert.Equal(2, await run.OutputOf<int>("Again", 0));
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_ThenMoreSteps_GoesOnOnlyAfterThem(int sticky)
    {
        var steps = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { Interlocked.Increment(ref steps); });
            tasks.AddOrchestratorFunc<int, int>("Again", async (context, generation) =>
            {
                if (generation == 1) return 1;
                context.ContinueAsNew(1);
                for (var n = 0; n < 3; n++) await context.CallActivityAsync("Step");
                return 0;
            });
        });

        Assert.Equal(1, await run.OutputOf<int>("Again", 0));
        Assert.Equal(3, steps);
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_ThenThrow_Fails(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, int>("Again", (context, generation) =>
            {
                context.ContinueAsNew(generation + 1);
                return generation == 2 ? throw new TimeoutException("in the third") : generation;
            }));

        Assert.Equal("in the third", (await run.FailureOf("Again", 0)).ErrorMessage);
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_WithoutInput_GivesTheTypesDefault(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string?, string>("Again", (context, input) =>
            {
                if (input is null) return "null";
                context.ContinueAsNew();
                return input;
            }));

        Assert.Equal("null", await run.OutputOf<string>("Again", "first"));
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_StepsOfTheEarlierGeneration_AnswerNobody(int sticky)
    {
        var gate = new TaskCompletionSource();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string, string>("Say", async (_, text) =>
            {
                if (text == "old") await gate.Task;
                return text;
            });
            tasks.AddOrchestratorFunc<int, string>("Again", async (context, generation) =>
            {
                if (generation == 0)
                {
                    // Steps 0 and 1 of both generations: what comes late of the old ones must not settle the new ones.
                    _ = context.CallActivityAsync<string>("Say", "old");
                    _ = context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
                    context.ContinueAsNew(1);
                    return "";
                }
                var said = context.CallActivityAsync<string>("Say", "new");
                using var cancellation = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
                var text = await said;
                await context.WaitForExternalEvent<string>("go");
                cancellation.Cancel();
                return $"{text} {timer.Status}";
            });
        });
        var id = await run.StartAsync("Again", 0);

        await run.Until(id, found => found.SerializedInput == "1");
        gate.SetResult();
        await run.RaiseAsync(id, "go", "");

        Assert.Equal("new Canceled", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_ForEver_EndsByTermination(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int, int>("Loop", async (context, generation) =>
            {
                context.SetCustomStatus($"{Math.Min(generation, 5)}");
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                context.ContinueAsNew(generation + 1);
                return generation;
            }));
        var id = await run.StartAsync("Loop", 0);
        await run.StatusOf(id, "5");

        await run.Client.TerminateInstanceAsync(id, "enough", run.Limit);

        var end = await run.EndOf(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("enough", end.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_Guids_DifferFromGenerationToGeneration(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<List<Guid>, List<Guid>>("Guids", (context, seen) =>
            {
                List<Guid> now = [.. seen, context.NewGuid(), context.NewGuid()];
                if (now.Count < 10) context.ContinueAsNew(now);
                return now;
            }));

        Assert.Equal(10, (await run.OutputOf<List<Guid>>("Guids", new List<Guid>()))!.Distinct().Count());
    }
}
