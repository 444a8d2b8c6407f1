using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Lifecycle;

public sealed class CustomStatusTests
{
    [Theory, BothModes]
    public async Task Status_OfAnyShape_IsReadWhileTheInstanceWaits(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Report", async context =>
        {
            context.SetCustomStatus(new Progress(3, ["a", "b"]));
            await context.WaitForExternalEvent<string>("go");
        }));
        var id = await run.StartAsync("Report");

        var found = await run.Until(id, found => found.SerializedCustomStatus is not null);

        var progress = found.ReadCustomStatusAs<Progress>()!;
        Assert.Equal(3, progress.Done);
        Assert.Equal(["a", "b"], progress.Steps);
        Assert.True(found.IsRunning);
    }

    [Theory, BothModes]
    public async Task Status_SetAgain_IsTheLastOne(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc("Report", async context =>
            {
                for (var n = 0; n < 4; n++)
                {
                    context.SetCustomStatus($"before {n}");
                    context.SetCustomStatus($"step {n}");
                    await context.CallActivityAsync("Step");
                }
            });
        });

        Assert.Equal("step 3", (await run.RunAsync("Report")).ReadCustomStatusAs<string>());
    }

    [Theory, BothModes]
    public async Task Status_SetToNull_IsGone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Report", async context =>
        {
            context.SetCustomStatus("busy");
            await context.WaitForExternalEvent<string>("go");
            context.SetCustomStatus(null);
        }));
        var id = await run.StartAsync("Report");
        await run.StatusOf(id, "busy");

        await run.RaiseAsync(id, "go", "");

        Assert.Null((await run.EndOf(id)).ReadCustomStatusAs<string>());
    }

    [Theory, BothModes]
    public async Task Status_OfTheEnd_OutlivesIt(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException());
            tasks.AddOrchestratorFunc<bool, int>("Report", async (context, fail) =>
            {
                context.SetCustomStatus("early");
                try
                {
                    if (fail) await context.CallActivityAsync("Break");
                    return 1;
                }
                finally
                {
                    context.SetCustomStatus("late");
                }
            });
        });

        foreach (var fail in new[] { false, true })
        {
            var end = await run.RunAsync("Report", fail);
            Assert.Equal(fail ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
            Assert.Equal("late", end.ReadCustomStatusAs<string>());
        }
    }

    /// <summary>Behaviour: Azure Storage takes a custom status of 16 KB at most; that much must work anywhere.</summary>
    [Theory, BothModes]
    public async Task Status_OfFifteenKilobytes_IsKept(int sticky)
    {
        var text = new string('x', 15_000);
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Report", context => context.SetCustomStatus(text)));

        Assert.Equal(text, (await run.RunAsync("Report")).ReadCustomStatusAs<string>());
    }

    private sealed record Progress(int Done, string[] Steps);
}
