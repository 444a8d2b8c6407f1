using FsCheck.Xunit;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Properties;

/// <summary>A random orchestration answers the same however it is run: kept in memory, rebuilt every turn, or with its workers killed at random.</summary>
public sealed class ScriptProperties : IAsyncLifetime
{
    private readonly CancellationTokenSource limit = new(TimeSpan.FromMinutes(4));
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        limit.Dispose();
    }

    [Property(Arbitrary = new[] { typeof(Scripts) }, MaxTest = 25)]
    public async Task Sticky_Answer_IsTheExpectedOne(Script script)
    {
        await using var host = await HostAsync(1000);
        await CheckAsync(script, await EndAsync(host.Client, await StartAsync(host.Client, script)));
    }

    [Property(Arbitrary = new[] { typeof(Scripts) }, MaxTest = 25)]
    public async Task Evicted_Answer_IsTheExpectedOne(Script script)
    {
        await using var host = await HostAsync(0);
        await CheckAsync(script, await EndAsync(host.Client, await StartAsync(host.Client, script)));
    }

    [Property(Arbitrary = new[] { typeof(Scripts) }, MaxTest = 15)]
    public async Task WorkersKilledAtRandom_Answer_IsTheExpectedOne(Script script, byte seed)
    {
        var random = new Random(seed);
        await using var client = await DurableHost.StartAsync(database, _ => { }, options => options.RunWorker = false);
        var id = await StartAsync(client.Client, script);
        for (var kills = 0; kills < 4; kills++)
        {
            await using var doomed = await HostAsync(random.Next(2) * 1000);
            // Dies wherever it is by then; nothing is asserted about where.
            await Task.Delay(random.Next(60), limit.Token);
            await doomed.KillAsync();
        }
        await using var last = await HostAsync(random.Next(2) * 1000);
        await CheckAsync(script, await EndAsync(last.Client, id));
    }

    private Task<DurableHost> HostAsync(int sticky) => DurableHost.StartAsync(database, Script.Register, options => options.StickyInstances = sticky);

    private async Task<string> StartAsync(DurableTaskClient client, Script script)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Script", new Script.State(script.Steps, ""), limit.Token);
        foreach (var (name, data) in script.Events) await client.RaiseEventAsync(id, name, data, limit.Token);
        return id;
    }

    private Task<OrchestrationMetadata> EndAsync(DurableTaskClient client, string id) => client.WaitForInstanceCompletionAsync(id, true, limit.Token);

    private async Task CheckAsync(Script script, OrchestrationMetadata end)
    {
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{end.RuntimeStatus}: {end.FailureDetails}");
        Assert.Equal(script.Expected(), end.ReadOutputAs<string>());
        Assert.Equal(0L, await Sql.ScalarAsync<long>(database, "SELECT (SELECT count(*) FROM durable.inbox) + (SELECT count(*) FROM durable.activities)"));
    }
}
