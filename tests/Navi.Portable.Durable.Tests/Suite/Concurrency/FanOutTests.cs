using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Concurrency;

public sealed class FanOutTests
{
    [Theory, BothModes]
    public async Task WhenAny_WindowOfThree_WorksThroughAllWithoutExceedingIt(int sticky)
    {
        var running = 0;
        var most = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Work", async (_, item) =>
            {
                var now = Interlocked.Increment(ref running);
                for (var seen = Volatile.Read(ref most); now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = Volatile.Read(ref most))
                {
                }
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return item;
            });
            tasks.AddOrchestratorFunc<int>("Window", async context =>
            {
                var sum = 0;
                var open = new List<Task<int>>();
                for (var item = 1; item <= 12; item++)
                {
                    open.Add(context.CallActivityAsync<int>("Work", item));
                    if (open.Count < 3) continue;
                    var first = await Task.WhenAny(open);
                    open.Remove(first);
                    sum += await first;
                }
                return sum + (await Task.WhenAll(open)).Sum();
            });
        });

        Assert.Equal(78, await run.OutputOf<int>("Window"));
        Assert.InRange(most, 1, 3);
    }

    [Theory, BothModes]
    public async Task FanOut_OfChildrenThatFanOut_GathersEverything(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Same", (_, value) => value);
            tasks.AddOrchestratorFunc<int, int>("Child", async (context, factor) =>
                (await Task.WhenAll(Enumerable.Range(1, 6).Select(value => context.CallActivityAsync<int>("Same", value * factor)))).Sum());
            tasks.AddOrchestratorFunc<int>("Parent", async context =>
                (await Task.WhenAll(Enumerable.Range(1, 6).Select(factor => context.CallSubOrchestratorAsync<int>("Child", factor)))).Sum());
        });

        Assert.Equal(21 * 21, await run.OutputOf<int>("Parent"));
    }

    [Theory, BothModes]
    public async Task FanOut_OfEveryKindAtOnce_WaitsForAll(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string>("Activity", _ => "activity");
            tasks.AddOrchestratorFunc<string>("Child", _ => "child");
            tasks.AddOrchestratorFunc<string>("Mixed", async context =>
            {
                async Task<string> Timer()
                {
                    await context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
                    return "timer";
                }
                return string.Join(' ', await Task.WhenAll(
                    context.CallActivityAsync<string>("Activity"),
                    context.CallSubOrchestratorAsync<string>("Child"),
                    Timer(),
                    context.WaitForExternalEvent<string>("event")));
            });
        });
        var id = await run.StartAsync("Mixed");

        await run.RaiseAsync(id, "event", "event");

        Assert.Equal("activity child timer event", await run.OutputOfInstance<string>(id));
    }
}
