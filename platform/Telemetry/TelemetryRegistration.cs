using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Telemetry.Export;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Events;
using Navi.Platform.Telemetry.Gauges;
using Navi.Platform.Telemetry.Metrics;
using Navi.Platform.Telemetry.Performance;
using Navi.Platform.Telemetry.RemoteWrite;

namespace Navi.Platform.Telemetry;

/// <summary>Registers what NAVI records and tells about itself.</summary>
internal static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(TelemetryOptions.Section);
        services.AddOptions<TelemetryOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<TelemetryOptions>, TelemetryDefaults>();
        services.AddExport(configuration);
        services.AddKeyedSingleton(MetricConnections.Key, (p, _) => new NaviDatabase(Options.Create(p.GetRequiredService<IOptions<DatabaseOptions>>().Value.With(MetricConnections.Size))));
        // The instruments are always there: what is not listened to costs a look.
        services.AddMetrics().AddSingleton<NaviMeters>().AddSingleton<Operators>();
        // First: hosted services stop in reverse order, and the last flush must come after whatever counts at its own end.
        if (section.GetValue(nameof(TelemetryOptions.Enabled), true))
            services.AddTotals();
        services.AddErrorRecord(configuration).AddRecords(configuration).AddRemoteWrite(configuration);
        return services;
    }

    private static IServiceCollection AddTotals(this IServiceCollection services)
    {
        services.AddSingleton<MetricFlush>().AddHostedService(p => p.GetRequiredService<MetricFlush>());
        return services
            .AddSingleton<MetricInstance>()
            .AddSingleton<MetricCounts>()
            .AddSingleton<MetricStore>()
            .AddSingleton<IProcessGauges, ProcessGauges>()
            .AddSingleton<IProcessGauges, PoolGauges>()
            .AddSingleton<IFleetGauges, WorkGauges>()
            .AddSingleton<IFleetGauges, ErrorGauges>()
            .AddSingleton(p => new MetricReport(
                p.GetRequiredService<MetricFlush>(), p.GetRequiredService<MetricStore>(), p.GetServices<IFleetGauges>(), p.GetRequiredService<ILogger<MetricReport>>()));
    }

    private static void AddRemoteWrite(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RemoteWriteOptions>().Bind(configuration.GetSection(RemoteWriteOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services
            .AddSingleton(p => new RemoteWriter(p.GetRequiredService<IOptions<RemoteWriteOptions>>(), () => new DefaultAzureCredential(), p.GetRequiredService<TimeProvider>()))
            .AddSingleton(p => new MetricPush(p.GetService<MetricReport>(), p.GetRequiredService<RemoteWriter>()));
    }

    private static IServiceCollection AddRecords(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TelemetryEventOptions>().Bind(configuration.GetSection(TelemetryEventOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PerformanceOptions>().Bind(configuration.GetSection(PerformanceOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<TelemetryEventStore>()
            .AddSingleton<TelemetryPace>()
            .AddSingleton<AddressDigests>()
            .AddSingleton<PerformanceRollup>()
            .AddSingleton<TelemetryUpkeep>();
    }
}
