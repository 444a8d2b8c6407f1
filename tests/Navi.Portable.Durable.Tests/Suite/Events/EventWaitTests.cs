using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Events;

public sealed class EventWaitTests
{
    /// <summary>Behaviour: a WaitForExternalEvent whose time-out expires throws TaskCanceledException.</summary>
    [Theory, BothModes]
    public async Task Wait_TimeoutExpires_ThrowsTaskCanceledException(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
            {
                try
                {
                    await context.WaitForExternalEvent<string>("never", TimeSpan.FromMilliseconds(100));
                    return "came";
                }
                catch (TaskCanceledException)
                {
                    return "expired";
                }
            }));

        Assert.Equal("expired", await run.OutputOf<string>("Wait"));
    }

    [Theory, BothModes]
    public async Task Wait_Cancelled_DoesNotEatTheEvent(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var cancelled = context.WaitForExternalEvent<string>("go", cancellation.Token);
                await context.WaitForExternalEvent<string>("cancel");
                cancellation.Cancel();
                return $"{cancelled.Status} {await context.WaitForExternalEvent<string>("go")}";
            }));
        var id = await run.StartAsync("Wait");

        await run.RaiseAsync(id, "cancel", "");
        await run.RaiseAsync(id, "go", "mine");

        Assert.Equal("Canceled mine", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Wait_EventBeforeTheTimeout_GoesOnAtOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
                await context.WaitForExternalEvent<string>("go", TimeSpan.FromDays(90)) + await context.WaitForExternalEvent<string>("go", TimeSpan.FromDays(90))));
        var id = await run.StartAsync("Wait");

        await run.RaiseAsync(id, "go", "in ");
        await run.RaiseAsync(id, "go", "time");

        Assert.Equal("in time", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Wait_AfterOneThatExpired_TakesTheLateEvent(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
            {
                var expired = 0;
                for (; expired < 3; expired++)
                {
                    try
                    {
                        return await context.WaitForExternalEvent<string>("go", TimeSpan.FromMilliseconds(5));
                    }
                    catch (TaskCanceledException)
                    {
                    }
                }
                context.SetCustomStatus("expired");
                return $"{expired} {await context.WaitForExternalEvent<string>("go")}";
            }));
        var id = await run.StartAsync("Wait");
        await run.StatusOf(id, "expired");

        await run.RaiseAsync(id, "go", "late");

        Assert.Equal("3 late", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Wait_WithTimeoutAndToken_EndsWithTheToken(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var wait = context.WaitForExternalEvent<string>("go", TimeSpan.FromDays(90), cancellation.Token);
                await context.WaitForExternalEvent<string>("cancel");
                cancellation.Cancel();
                try
                {
                    return await wait;
                }
                catch (OperationCanceledException)
                {
                    return "cancelled";
                }
            }));
        var id = await run.StartAsync("Wait");

        await run.RaiseAsync(id, "cancel");

        Assert.Equal("cancelled", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Wait_TheMiddleOfThreeCancelled_LeavesTheOthersTheirOrder(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
            {
                using var cancellation = new CancellationTokenSource();
                var first = context.WaitForExternalEvent<string>("n");
                var second = context.WaitForExternalEvent<string>("n", cancellation.Token);
                var third = context.WaitForExternalEvent<string>("n");
                await context.WaitForExternalEvent<string>("cancel");
                cancellation.Cancel();
                return $"{await first} {second.Status} {await third}";
            }));
        var id = await run.StartAsync("Wait");

        foreach (var name in new[] { "cancel", "n", "n" }) await run.RaiseAsync(id, name, name == "n" ? "data" : "");

        Assert.Equal("data Canceled data", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Wait_TokenCancelledBefore_ThrowsTaskCanceled(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<bool>("Wait", context => context.WaitForExternalEvent<string>("go", new CancellationToken(true)).IsCanceled));

        Assert.True(await run.OutputOf<bool>("Wait"));
    }

    [Theory, BothModes]
    public async Task Wait_EventOfAnotherShape_CanBeCaughtAndTheNextTaken(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
            {
                for (var refused = 0; ; refused++)
                {
                    try
                    {
                        return $"{refused} {await context.WaitForExternalEvent<int>("n")}";
                    }
                    catch (System.Text.Json.JsonException)
                    {
                    }
                }
            }));
        var id = await run.StartAsync("Wait");

        foreach (var data in new object[] { "text", new[] { 1 }, 5 }) await run.RaiseAsync(id, "n", data);

        Assert.Equal("2 5", await run.OutputOfInstance<string>(id));
    }
}
