using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>Registers the record of errors.</summary>
internal static class ErrorRegistration
{
    public static IServiceCollection AddErrorRecord(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ErrorOptions>().Bind(configuration.GetSection(ErrorOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ErrorRecorder>()
            .AddSingleton<ErrorStore>()
            .AddSingleton<ErrorOwners>()
            .AddSingleton<ILoggerProvider, ErrorLoggerProvider>()
            .AddHostedService<ErrorWriter>();
    }
}
