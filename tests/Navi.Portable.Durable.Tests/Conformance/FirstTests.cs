using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Conformance;

public sealed class FirstTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Smoke(int sticky)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var host = await DurableHost.StartAsync(database, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Double", (_, value) => value * 2);
            tasks.AddOrchestratorFunc<int, int>("Child", (context, input) => context.CallActivityAsync<int>("Double", input));
            tasks.AddOrchestratorFunc<int, string>("Parent", async (context, input) =>
            {
                var a = await context.CallActivityAsync<int>("Double", input);
                await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
                var b = await context.CallSubOrchestratorAsync<int>("Child", a);
                var e = await context.WaitForExternalEvent<string>("go");
                var many = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => context.CallActivityAsync<int>("Double", i)));
                return $"{a} {b} {e} {many.Sum()}";
            });
        }, options => options.StickyInstances = sticky);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", 3);
        await host.Client.RaiseEventAsync(id, "GO", "yes");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var found = await host.Client.WaitForInstanceCompletionAsync(id, true, limit.Token);
        Assert.Null(found.FailureDetails);
        Assert.Equal("6 12 yes 20", found.ReadOutputAs<string>());
    }
}
