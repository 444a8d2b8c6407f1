using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Support;

/// <summary>What the conformance tests know of the runtime: a client, and the tasks that they have registered.</summary>
internal sealed class Conformance : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly DurableHost host;
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));

    private Conformance(TestDatabase database, DurableHost host)
    {
        this.database = database;
        this.host = host;
    }

    public DurableTaskClient Client => host.Client;

    public DurableHistory History => host.Services.GetRequiredService<DurableHistory>();

    /// <summary>Fires when a test has waited too long for anything.</summary>
    public CancellationToken Limit => limit.Token;

    public TestDatabase Database => database;

    public static async Task<Conformance> StartAsync(int stickyInstances, Action<DurableTaskRegistry> tasks, Action<DurableOptions>? configure = null)
    {
        var database = await TestDatabase.CreateAsync();
        var host = await DurableHost.StartAsync(database, tasks, options =>
        {
            options.StickyInstances = stickyInstances;
            configure?.Invoke(options);
        });
        return new Conformance(database, host);
    }

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, StartOrchestrationOptions? options = null) =>
        await EndOf(await Client.ScheduleNewOrchestrationInstanceAsync(name, input, options, Limit));

    /// <summary>The instance at its end, payloads included.</summary>
    public Task<OrchestrationMetadata> EndOf(string id) => Client.WaitForInstanceCompletionAsync(id, true, Limit);

    /// <summary>The output of an instance that must complete.</summary>
    public async Task<T?> OutputOf<T>(string name, object? input = null)
    {
        var end = await RunAsync(name, input);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{end.RuntimeStatus}: {end.FailureDetails}");
        return end.ReadOutputAs<T>();
    }

    /// <summary>The instance once its custom status is the given text: the orchestrators' way to say how far they are.</summary>
    public Task<OrchestrationMetadata> StatusOf(string id, string customStatus) =>
        Until(id, found => found.SerializedCustomStatus == $"\"{customStatus}\"");

    public async Task<OrchestrationMetadata> Until(string id, Func<OrchestrationMetadata, bool> reached)
    {
        while (true)
        {
            var found = await Client.GetInstanceAsync(id, true, Limit);
            if (found is not null && reached(found)) return found;
            await Task.Delay(20, Limit);
        }
    }

    /// <summary>Ends the worker in good order; the client stays.</summary>
    public Task StopWorkerAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
        limit.Dispose();
    }
}
