using System.Collections.Concurrent;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Activities;

public sealed class ActivityTests
{
    [Theory, BothModes]
    public async Task Call_ChainOfMany_HandsEachResultToTheNext(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Add", (_, value) => value + 1);
            tasks.AddOrchestratorFunc<int>("Chain", async context =>
            {
                var value = 0;
                for (var step = 0; step < 30; step++) value = await context.CallActivityAsync<int>("Add", value);
                return value;
            });
        });

        Assert.Equal(30, await run.OutputOf<int>("Chain"));
    }

    [Theory, BothModes]
    public async Task Call_ManyAtOnce_GivesEachItsOwnResult(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Square", async (_, value) =>
            {
                await Task.Yield();
                return value * value;
            });
            tasks.AddOrchestratorFunc<int[]>("FanOut", context =>
                Task.WhenAll(Enumerable.Range(0, 150).Select(value => context.CallActivityAsync<int>("Square", value))));
        });

        Assert.Equal(Enumerable.Range(0, 150).Select(value => value * value), (await run.OutputOf<int[]>("FanOut"))!);
    }

    [Theory, BothModes]
    public async Task Call_LaterOneEndsFirst_ResultsAreNotConfused(int sticky)
    {
        var gate = new TaskCompletionSource();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string>("Slow", async _ =>
            {
                await gate.Task;
                return "slow";
            });
            tasks.AddActivityFunc<string>("Fast", _ => "fast");
            tasks.AddActivityFunc("Open", _ => { gate.TrySetResult(); });
            tasks.AddOrchestratorFunc<string>("Race", async context =>
            {
                var slow = context.CallActivityAsync<string>("Slow");
                var fast = context.CallActivityAsync<string>("Fast");
                var first = await await Task.WhenAny(slow, fast);
                await context.CallActivityAsync("Open");
                return $"{first} {await slow} {await fast}";
            });
        });

        Assert.Equal("fast slow fast", await run.OutputOf<string>("Race"));
    }

    [Theory, BothModes]
    public async Task Call_SameTaskAwaitedTwice_GivesTheSameResultFromOneCall(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int>("Once", _ => Interlocked.Increment(ref calls));
            tasks.AddOrchestratorFunc<string>("Twice", async context =>
            {
                var task = context.CallActivityAsync<int>("Once");
                var both = Task.WhenAll(Read(task), Read(task));
                return $"{await task} {await task} {string.Join(' ', await both)}";
            });
        });

        Assert.Equal("1 1 1 1", await run.OutputOf<string>("Twice"));
        Assert.Equal(1, calls);

        static async Task<int> Read(Task<int> task) => await task;
    }

    [Theory, BothModes]
    public async Task Call_NeverAwaited_IsStillDone(int sticky)
    {
        var done = new TaskCompletionSource<string>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string>("Note", (_, text) => { done.TrySetResult(text); });
            tasks.AddOrchestratorFunc<int>("Forget", context =>
            {
                _ = context.CallActivityAsync("Note", "noted");
                return 7;
            });
        });

        Assert.Equal(7, await run.OutputOf<int>("Forget"));
        Assert.Equal("noted", await done.Task.WaitAsync(run.Limit));
    }

    [Theory, BothModes]
    public async Task Call_EachStep_RunsItsActivityOnce(int sticky)
    {
        var calls = new ConcurrentDictionary<int, int>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int>("Note", (_, step) => { calls.AddOrUpdate(step, 1, (_, count) => count + 1); });
            tasks.AddOrchestratorFunc("Steps", async context =>
            {
                for (var step = 0; step < 8; step++) await context.CallActivityAsync("Note", step);
            });
        });

        await run.OutputOf<object>("Steps");

        Assert.Equal(Enumerable.Range(0, 8).ToDictionary(step => step, _ => 1), calls);
    }

    [Theory, BothModes]
    public async Task Context_OfTheActivity_SaysForWhomItRuns(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string>("Who", context => $"{context.Name} {context.InstanceId}");
            tasks.AddOrchestratorFunc<string>("Ask", context => context.CallActivityAsync<string>("Who"));
        });

        var end = await run.RunAsync("Ask");

        Assert.Equal($"Who {end.InstanceId}", end.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Call_ArgumentChangedAfterwards_IsWhatItWasAtTheCall(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<List<int>, int>("Count", (_, list) =>
            {
                list.Add(0);
                return list.Count;
            });
            tasks.AddOrchestratorFunc<string>("Share", async context =>
            {
                var list = new List<int> { 1 };
                var first = context.CallActivityAsync<int>("Count", list);
                list.Add(2);
                return $"{await first} {await context.CallActivityAsync<int>("Count", list)} {list.Count}";
            });
        });

        Assert.Equal("2 3 2", await run.OutputOf<string>("Share"));
    }

    [Theory, BothModes]
    public async Task Call_FromNestedHelpersAndBranches_GoesOnInEach(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string, string>("Mark", (_, text) => $"<{text}>");
            tasks.AddOrchestratorFunc<string>("Branches", async context =>
            {
                async Task<string> Twice(string text) => await Once(await Once(text));
                async Task<string> Once(string text) => await context.CallActivityAsync<string>("Mark", text);
                return string.Concat(await Task.WhenAll(Twice("a"), Once("b"), Twice("c")));
            });
        });

        Assert.Equal("<<a>><b><<c>>", await run.OutputOf<string>("Branches"));
    }
}
