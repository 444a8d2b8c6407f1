using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Orchestrations.Probe;

/// <summary>Registers the synthetic probe.</summary>
internal static class ProbeRegistration
{
    public static IServiceCollection AddProbe(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProbeOptions>().Bind(configuration.GetSection(ProbeOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<SyntheticProbe>().AddSingleton<ProbeTasks>().AddSingleton<IFleetGauges>(p => p.GetRequiredService<ProbeTasks>());
    }
}
