using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Navi.Portable.Durable.Worker;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Support;

/// <summary>One process's share of the runtime: a client, and a worker unless told otherwise.</summary>
internal sealed class DurableHost : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private bool stopped;

    private DurableHost(ServiceProvider services) => this.services = services;

    public IServiceProvider Services => services;

    public DurableTaskClient Client => services.GetRequiredService<DurableTaskClient>();

    public DurableWorker Worker => services.GetRequiredService<DurableWorker>();

    public DurableRuntime Runtime => services.GetRequiredService<DurableRuntime>();

    public static Task<DurableHost> StartAsync(
        TestDatabase database, Action<DurableTaskRegistry> tasks, Action<DurableOptions>? configure = null, Action<DurableTaskCatalog>? catalog = null) =>
        StartAsync(database.ConnectionString, tasks, configure, catalog);

    /// <summary>As the other overload, on any way to a database and with any clock.</summary>
    public static async Task<DurableHost> StartAsync(
        string connectionString, Action<DurableTaskRegistry> tasks, Action<DurableOptions>? configure = null, Action<DurableTaskCatalog>? catalog = null, TimeProvider? time = null)
    {
        var collection = new ServiceCollection();
        if (time is not null) collection.AddSingleton(time);
        collection.AddPortableDurable(options =>
        {
            options.ConnectionString = connectionString;
            options.PollInterval = TimeSpan.FromMilliseconds(200);
            configure?.Invoke(options);
        });
        collection.ConfigureDurableTasks((_, found) =>
        {
            var registry = new DurableTaskRegistry();
            tasks(registry);
            found.AddRegistry(registry);
            catalog?.Invoke(found);
        });
        var host = new DurableHost(collection.BuildServiceProvider());
        await host.Worker.StartAsync(CancellationToken.None);
        return host;
    }

    /// <summary>Ends the worker in good order.</summary>
    public async Task StopAsync()
    {
        stopped = true;
        await Worker.StopAsync(CancellationToken.None);
    }

    /// <summary>Ends the worker as a killed process would.</summary>
    public async Task KillAsync()
    {
        stopped = true;
        await Worker.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!stopped) await Worker.KillAsync();
        await services.DisposeAsync();
    }
}
