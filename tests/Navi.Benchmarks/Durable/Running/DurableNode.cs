using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable;

namespace Navi.Benchmarks.Durable.Running;

/// <summary>One share of the durable runtime in this process, with its default options: a client, and a worker where one is wanted.</summary>
internal sealed class DurableNode : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private DurableNode(ServiceProvider services, RecoveryWatch recoveries)
    {
        this.services = services;
        Recoveries = recoveries;
        Client = services.GetRequiredService<DurableTaskClient>();
    }

    public DurableTaskClient Client { get; }

    public RecoveryWatch Recoveries { get; }

    public static async Task<DurableNode> StartAsync(string connectionString, bool worker, CancellationToken cancellation)
    {
        var recoveries = new RecoveryWatch();
        var collection = new ServiceCollection();
        // Killed workers are part of the measurements; only what is truly wrong is said.
        collection.AddLogging(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error));
        collection.AddPortableDurable(options =>
        {
            options.ConnectionString = connectionString;
            options.RunWorker = worker;
        });
        collection.ConfigureDurableTasks((_, catalog) => BenchTasks.Add(catalog, recoveries));
        var services = collection.BuildServiceProvider();
        try
        {
            foreach (var hosted in services.GetServices<IHostedService>()) await hosted.StartAsync(cancellation);
            return new DurableNode(services, recoveries);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in services.GetServices<IHostedService>().Reverse()) await hosted.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}
