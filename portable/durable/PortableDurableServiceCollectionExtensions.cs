using System.Diagnostics.Metrics;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Client;
using Navi.Portable.Durable.Worker;

namespace Navi.Portable.Durable;

/// <summary>Registration of the durable runtime.</summary>
public static class PortableDurableServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="DurableTaskClient"/> and, as a hosted service, the schema and the worker. Call it before adding services that
    /// need either when they start. Options that can't work are an <see cref="InvalidOperationException"/> at start.
    /// </summary>
    public static IServiceCollection AddPortableDurable(this IServiceCollection services, Action<DurableOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddLogging().AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider =>
        {
            var options = new DurableOptions();
            configure(options);
            return new DurableRuntime(options, provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<TimeProvider>(), new DurableMeters(provider.GetRequiredService<IMeterFactory>()));
        });
        services.AddSingleton<DurableTaskClient>(provider => new PortableDurableTaskClient(provider.GetRequiredService<DurableRuntime>()));
        services.AddSingleton(provider => new DurableWorker(provider.GetRequiredService<DurableRuntime>(), Catalog(provider), provider));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<DurableWorker>());
        services.AddSingleton(provider => new DurableBacklog(provider.GetRequiredService<DurableRuntime>()));
        services.AddSingleton(provider => new DurableHistory(provider.GetRequiredService<DurableRuntime>()));
        services.AddSingleton(provider => new DurableWorkerState(provider.GetRequiredService<DurableWorker>()));
        return services;
    }

    /// <summary>Says which orchestrators and activities this process runs. May be called several times; each is asked once, when the worker is built.</summary>
    public static IServiceCollection ConfigureDurableTasks(this IServiceCollection services, Action<IServiceProvider, DurableTaskCatalog> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddSingleton(new CatalogSource(configure));
    }

    private static DurableTaskCatalog Catalog(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<DurableRuntime>().Options;
        var catalog = new DurableTaskCatalog(options.DataConverter) { DefaultVersion = options.DefaultVersion };
        if (!options.RunWorker) return catalog;
        foreach (var source in provider.GetServices<CatalogSource>()) source.Configure(provider, catalog);
        return catalog;
    }

    private sealed record CatalogSource(Action<IServiceProvider, DurableTaskCatalog> Configure);
}
