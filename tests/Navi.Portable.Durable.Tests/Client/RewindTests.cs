using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Client;

/// <summary>A failed instance goes on from before its failures.</summary>
public sealed class RewindTests
{
    private readonly FlakyWorld world = new();

    private void Tasks(DurableTaskRegistry tasks)
    {
        world.AddTo(tasks);
        tasks.AddOrchestratorFunc<string>("Chain", async context =>
            $"{await Do(context, "a")} {await Do(context, "b")} {await Do(context, "c")}");
        tasks.AddOrchestratorFunc<string[]>("Fan", context => Task.WhenAll(Do(context, "a"), Do(context, "b"), Do(context, "c")));
        tasks.AddOrchestratorFunc<string>("Retry", context =>
            context.CallActivityAsync<string>("Do", "a", TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(10)))));
        tasks.AddOrchestratorFunc("Wait", async context =>
        {
            var go = context.WaitForExternalEvent<string>("go");
            var late = context.CreateTimer(TimeSpan.FromMilliseconds(300), CancellationToken.None);
            await Do(context, "a");
            await late;
            return await go;
        });
        tasks.AddOrchestratorFunc<string>("Own", context =>
        {
            context.SetCustomStatus("begun");
            return world.IsBroken("code") ? throw new InvalidOperationException("a bug") : Do(context, "a");
        });
    }

    [Theory, BothModes]
    public async Task Rewind_FailedActivity_IsTriedAgainAndNothingElse(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Chain", "b");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        var end = await run.EndOf(id);
        Assert.Equal("did a did b did c", end.ReadOutputAs<string>());
        Assert.Null(end.FailureDetails);
        Assert.Equal(["a", "b", "b", "c"], world.Calls);
    }

    [Theory, BothModes]
    public async Task Rewind_FailsAgain_CanBeRewoundAgain(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Chain", "b");
        world.Break("b");

        await run.Client.RewindInstanceAsync(id, "first", run.Limit);
        var second = await run.EndOf(id);
        world.Mend();
        await run.Client.RewindInstanceAsync(id, "second", run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, second.RuntimeStatus);
        Assert.Equal("did a did b did c", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(["a", "b", "b", "b", "c"], world.Calls);
    }

    [Theory, BothModes]
    public async Task Rewind_SeveralFailedSideBySide_TriesEachAgain(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Fan", "a", "c");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        Assert.Equal(["did a", "did b", "did c"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
        Assert.Equal((2, 1, 2), (world.CallsOf("a"), world.CallsOf("b"), world.CallsOf("c")));
    }

    [Theory, BothModes]
    public async Task Rewind_RetriesAreUsedUp_TriesTheLastOneAgain(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Retry", "a");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        Assert.Equal("did a", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(3, world.CallsOf("a"));
    }

    [Theory, BothModes]
    public async Task Rewind_OpenTimerAndWait_AreThereAgain(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Wait", "a");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);
        await run.Client.RaiseEventAsync(id, "go", "gone", run.Limit);

        Assert.Equal("gone", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Rewind_OrchestratorsOwnFailure_RunsItsCodeAgain(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Own", "code");

        await run.Client.RewindInstanceAsync(id, "new code", run.Limit);

        Assert.Equal("did a", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Rewind_OrchestratorWasNotKnown_Begins(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var before = await run.RunAsync("Later", "x");
        await using var newer = await DurableHost.StartAsync(run.Database, tasks => tasks.AddOrchestratorFunc<string, string>("Later", (_, input) => input), o => o.StickyInstances = sticky);
        // The first host's worker does not know it: only the newer one is to claim.
        await run.StopWorkerAsync();

        await run.Client.RewindInstanceAsync(before.InstanceId, "deployed", run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, before.RuntimeStatus);
        Assert.Equal("x", (await run.EndOf(before.InstanceId)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Rewind_NotFailedOrUnknown_IsRefused(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var end = await run.RunAsync("Chain");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => run.Client.RewindInstanceAsync(end.InstanceId, "why not", run.Limit));
        Assert.Contains("Completed", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => run.Client.RewindInstanceAsync("nobody", "why not", run.Limit));
        Assert.Equal(3, world.Calls.Count);
    }

    [Theory, BothModes]
    public async Task Rewind_ThenReplayedElsewhere_GoesTheSameWay(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Wait", "a");
        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);
        await Eventually.TrueAsync(() => world.CallsOf("a") == 2, run.Limit);
        await run.StopWorkerAsync();

        await using var other = await DurableHost.StartAsync(run.Database, Tasks, options => options.StickyInstances = sticky);
        await run.Client.RaiseEventAsync(id, "go", "gone", run.Limit);

        Assert.Equal("gone", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(2, world.CallsOf("a"));
    }

    private static Task<string> Do(TaskOrchestrationContext context, string input) => context.CallActivityAsync<string>("Do", input);

    private async Task<string> FailAsync(Conformance run, string name, params string[] broken)
    {
        world.Break(broken);
        var end = await run.RunAsync(name);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        world.Mend();
        return end.InstanceId;
    }
}
