using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Navi.Portable.Durable.Tests.Support;
using Navi.Portable.Durable.Worker;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Client;

/// <summary>A worker runs the instances that its version may run; the others wait.</summary>
public sealed class VersionTests : IAsyncLifetime
{
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
    private readonly ConcurrentQueue<string> ran = new();
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        limit.Dispose();
    }

    [Theory]
    [InlineData("1.0", "1.0", VersionMatch.Strict, true)]
    [InlineData("RC", "rc", VersionMatch.Strict, true)]
    [InlineData("", "1.0", VersionMatch.Strict, false)]
    [InlineData("1.1", "1.0", VersionMatch.Strict, false)]
    [InlineData("1.9", "1.10", VersionMatch.CurrentOrOlder, true)]
    [InlineData("1.10", "1.9", VersionMatch.CurrentOrOlder, false)]
    [InlineData("", "1.0", VersionMatch.CurrentOrOlder, true)]
    [InlineData("9.9", "1.0", VersionMatch.None, true)]
    public void Accepts_VersionsByTheirRules(string version, string worker, VersionMatch match, bool accepted) =>
        Assert.Equal(accepted, VersionFilter.Accepts(version, worker, match));

    [Theory]
    [InlineData(VersionMatch.Strict, "2.0")]
    [InlineData(VersionMatch.CurrentOrOlder, "2.0", "1.0", "")]
    [InlineData(VersionMatch.None, "2.0", "1.0", "", "10.0")]
    public async Task Worker_InstancesOfAllVersions_RunsItsOwnAndTheOthersWait(VersionMatch match, params string[] expected)
    {
        await using var client = await HostAsync(options => options.RunWorker = false);
        string[] versions = ["10.0", "1.0", "", "2.0"];
        foreach (var version in versions) await StartAsync(client, version);

        await using (var host = await HostAsync(options => (options.WorkerVersion, options.VersionMatch) = ("2.0", match)))
        {
            foreach (var version in expected) await client.Client.WaitForInstanceCompletionAsync($"v{version}", limit.Token);
            // One more of its own, started when all of them were there, and it has looked again by then.
            await StartAsync(client, "2.0", "last");
            await client.Client.WaitForInstanceCompletionAsync("last", limit.Token);
            await host.StopAsync();
        }

        Assert.Equal(expected.Append("2.0").Order(), ran.Order());
        foreach (var other in versions.Except(expected))
            Assert.Equal(OrchestrationRuntimeStatus.Pending, (await client.Client.GetInstanceAsync($"v{other}", limit.Token))!.RuntimeStatus);
        Assert.Equal(versions.Length - expected.Length, (await client.Services.GetRequiredService<DurableBacklog>().ReadAsync(limit.Token)).Orchestrations);
    }

    [Fact]
    public async Task Worker_InstanceWaitedForItsVersion_IsRunByAWorkerThatMay()
    {
        await using var old = await HostAsync(options => (options.WorkerVersion, options.VersionMatch) = ("1.0", VersionMatch.CurrentOrOlder));
        await StartAsync(old, "2.0");
        await StartAsync(old, "1.0");
        await old.Client.WaitForInstanceCompletionAsync("v1.0", limit.Token);

        await using var current = await HostAsync(options => (options.WorkerVersion, options.VersionMatch) = ("2.0", VersionMatch.Strict));

        await old.Client.WaitForInstanceCompletionAsync("v2.0", limit.Token);
        Assert.Equal(["1.0", "2.0"], ran);
    }

    [Fact]
    public async Task DefaultVersion_StartedWithoutOne_IsThatOfInstanceAndSubOrchestration()
    {
        await using var host = await HostAsync(options => options.DefaultVersion = "3.1");

        await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("p"), limit.Token);
        await host.Client.WaitForInstanceCompletionAsync("p", limit.Token);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Note", new StartOrchestrationOptions("n") { Version = "4" }, limit.Token);
        await host.Client.WaitForInstanceCompletionAsync("n", limit.Token);

        Assert.Equal(["3.1", "3.1", "4"], ran);
    }

    [Fact]
    public async Task Filter_NewVersionWithinThePollInterval_IsFoundWhenThatIsOver()
    {
        await using var client = await HostAsync(options => options.RunWorker = false);
        var time = new SteppedTime();
        var options = new DurableOptions { WorkerVersion = "2.0", VersionMatch = VersionMatch.CurrentOrOlder, PollInterval = TimeSpan.FromSeconds(1) };
        var filter = new VersionFilter(client.Runtime.DataSource, options, time);
        await StartAsync(client, "1.0");
        await StartAsync(client, "9.0");

        string[] first = [.. (await filter.AcceptedAsync(limit.Token))!];
        await StartAsync(client, "2.0");
        string[] cached = [.. (await filter.AcceptedAsync(limit.Token))!];
        time.Advance(TimeSpan.FromSeconds(1));
        string[] later = [.. (await filter.AcceptedAsync(limit.Token))!];

        Assert.Equal(["1.0"], first);
        Assert.Equal(["1.0"], cached);
        Assert.Equal(["1.0", "2.0"], later);
    }

    private static Task StartAsync(DurableHost host, string version, string? id = null) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync("Note", new StartOrchestrationOptions(id ?? $"v{version}") { Version = version });

    private Task<DurableHost> HostAsync(Action<DurableOptions> configure) => DurableHost.StartAsync(
        database,
        tasks =>
        {
            tasks.AddOrchestratorFunc("Note", context =>
            {
                ran.Enqueue(context.Version);
                return 0;
            });
            tasks.AddOrchestratorFunc("Parent", context =>
            {
                if (!context.IsReplaying) ran.Enqueue(context.Version);
                return context.CallSubOrchestratorAsync("Note");
            });
        },
        configure);
}
