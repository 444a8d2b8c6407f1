using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Navi.Portable.Durable.Storage;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Support;

/// <summary>
/// What the conformance tests know of the runtime: a client, the tasks that they have registered, and that the process which runs
/// them can be replaced by one with other code. Another backend's own class of this shape runs the same tests.
/// </summary>
internal sealed class Conformance : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly Action<DurableOptions> configure;
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(120));
    private DurableHost host;

    private Conformance(TestDatabase database, Action<DurableOptions> configure, DurableHost host)
    {
        this.database = database;
        this.configure = configure;
        this.host = host;
    }

    public DurableTaskClient Client => host.Client;

    public DurableHistory History => host.Services.GetRequiredService<DurableHistory>();

    /// <summary>For tests of this backend.</summary>
    public WorkerStore Workers => host.Runtime.Workers;

    /// <summary>Fires when a test has waited too long for anything.</summary>
    public CancellationToken Limit => limit.Token;

    /// <summary>For tests of this backend's tables; a test scans Suite and Stricter for uses.</summary>
    public TestDatabase Database => database;

    /// <param name="stickyInstances">How many orchestrators stay in memory between their turns; 0 replays each on every turn.</param>
    /// <param name="tasks">Registers what the test runs.</param>
    /// <param name="converter">Null for the default of the model: System.Text.Json, fields included.</param>
    public static async Task<Conformance> StartAsync(int stickyInstances, Action<DurableTaskRegistry> tasks, DataConverter? converter = null)
    {
        var database = await SharedDatabases.TakeAsync();
        void Configure(DurableOptions options)
        {
            options.StickyInstances = stickyInstances;
            if (converter is not null) options.DataConverter = converter;
        }
        return new Conformance(database, Configure, await DurableHost.StartAsync(database, tasks, Configure));
    }

    /// <summary>For tests of this backend: with options of its own.</summary>
    public static async Task<Conformance> StartAsync(int stickyInstances, Action<DurableTaskRegistry> tasks, Action<DurableOptions> configure)
    {
        var database = await SharedDatabases.TakeAsync();
        void Configure(DurableOptions options)
        {
            options.StickyInstances = stickyInstances;
            configure(options);
        }
        return new Conformance(database, Configure, await DurableHost.StartAsync(database, tasks, Configure));
    }

    /// <summary>Stops the process in good order and starts one with this code.</summary>
    public async Task RedeployAsync(Action<DurableTaskRegistry> tasks)
    {
        await host.StopAsync();
        await host.DisposeAsync();
        host = await DurableHost.StartAsync(database, tasks, configure);
    }

    public Task<string> StartAsync(string name, object? input = null, string? id = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, input, id is null ? null : new StartOrchestrationOptions(id), Limit);

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, StartOrchestrationOptions? options = null) =>
        await EndOf(await Client.ScheduleNewOrchestrationInstanceAsync(name, input, options, Limit));

    public Task RaiseAsync(string id, string name, object? data = null) => Client.RaiseEventAsync(id, name, data, Limit);

    /// <summary>The instance at its end, payloads included.</summary>
    public Task<OrchestrationMetadata> EndOf(string id) => Client.WaitForInstanceCompletionAsync(id, true, Limit);

    /// <summary>The output of an instance that must complete.</summary>
    public async Task<T?> OutputOf<T>(string name, object? input = null) => await OutputOfInstance<T>(await StartAsync(name, input));

    /// <inheritdoc cref="OutputOf{T}"/>
    public async Task<T?> OutputOfInstance<T>(string id)
    {
        var end = await EndOf(id);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{end.RuntimeStatus}: {end.FailureDetails}");
        return end.ReadOutputAs<T>();
    }

    /// <summary>The failure of an instance that must fail.</summary>
    public async Task<TaskFailureDetails> FailureOf(string name, object? input = null)
    {
        var end = await RunAsync(name, input);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        return end.FailureDetails!;
    }

    /// <summary>The instance as it stands now, without payloads; it must be there.</summary>
    public async Task<OrchestrationMetadata> FindAsync(string id) =>
        await Client.GetInstanceAsync(id, Limit) ?? throw new InvalidOperationException($"There is no instance '{id}'.");

    /// <summary>The instance once its custom status is the given text: the orchestrators' way to say how far they are.</summary>
    public Task<OrchestrationMetadata> StatusOf(string id, string customStatus) =>
        Until(id, found => found.SerializedCustomStatus is not null && found.ReadCustomStatusAs<object>()?.ToString() == customStatus);

    /// <summary>Suspends the instance and waits until it is.</summary>
    public async Task SuspendAsync(string id)
    {
        await Client.SuspendInstanceAsync(id, "a test's pause", Limit);
        await Until(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
    }

    public Task ResumeAsync(string id) => Client.ResumeInstanceAsync(id, "the pause is over", Limit);

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
        await SharedDatabases.GiveBackAsync(database);
        limit.Dispose();
    }
}
