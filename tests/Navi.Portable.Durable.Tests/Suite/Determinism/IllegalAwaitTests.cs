using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Determinism;

/// <summary>Behaviour: awaiting a non-durable task is an InvalidOperationException "An invalid asynchronous invocation was detected".</summary>
public sealed class IllegalAwaitTests
{
    private const string IllegalAwait = "An invalid asynchronous invocation was detected";

    [Theory, BothModes]
    public async Task Await_OfWhatIsNotDurable_FailsTheInstance(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc("Bad", async _ => await Task.Delay(TimeSpan.FromMilliseconds(5))));

        var failure = await run.FailureOf("Bad");

        Assert.Equal("System.InvalidOperationException", failure.ErrorType);
        Assert.StartsWith(IllegalAwait, failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Context_UsedOnAnotherThread_FailsTheInstance(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc("Bad", async context =>
            {
                await Task.Run(() => { }, CancellationToken.None).ConfigureAwait(false);
                await Task.Yield();
                await context.CallActivityAsync("Step");
            });
        });

        Assert.StartsWith(IllegalAwait, (await run.FailureOf("Bad")).ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Await_OfWhatIsNotDurable_FailsThatInstanceAlone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddOrchestratorFunc("Bad", async context =>
            {
                await context.WaitForExternalEvent<string>("go");
                await new TaskCompletionSource().Task;
            });
        });
        var bad = await run.StartAsync("Bad");
        var good = await run.WaitingAsync();

        await run.RaiseAsync(bad, "go", "");
        Assert.StartsWith(IllegalAwait, (await run.EndOf(bad)).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        await run.RaiseAsync(good, "go", "on");

        Assert.Equal("on", await run.OutputOfInstance<string>(good));
    }

    [Theory, BothModes]
    public async Task Await_TaskYieldAndCompletedTasks_AreFine(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Double", (_, value) => value * 2);
            tasks.AddOrchestratorFunc<int>("Good", async context =>
            {
                await Task.Yield();
                await Task.CompletedTask;
                var first = context.CallActivityAsync<int>("Double", 1);
                var second = context.CallActivityAsync<int>("Double", 2);
                return await await Task.WhenAny(first, second) + (await Task.WhenAll(first, second)).Sum();
            });
        });

        Assert.InRange(await run.OutputOf<int>("Good"), 8, 10);
    }

    [Theory, BothModes]
    public async Task Await_SourceThatAnotherBranchCompletes_IsFine(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string, string>("Say", (_, text) => text);
            tasks.AddOrchestratorFunc<string>("Branches", async context =>
            {
                var source = new TaskCompletionSource<string>();
                async Task Fill() => source.SetResult(await context.CallActivityAsync<string>("Say", "filled"));
                async Task<string> Use() => $"{await source.Task} {await context.CallActivityAsync<string>("Say", "used")}";
                var use = Use();
                await Fill();
                return await use;
            });
        });

        Assert.Equal("filled used", await run.OutputOf<string>("Branches"));
    }
}
