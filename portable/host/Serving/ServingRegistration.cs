using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Navi.Portable.Host.Serving;

/// <summary>Registers the options of <c>navi serve</c>.</summary>
public static class ServingRegistration
{
    /// <summary>Adds the options, validated at start.</summary>
    public static IServiceCollection AddServing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ServeOptions>().Bind(configuration.GetSection(ServeOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IValidateOptions<ServeOptions>, ServeOptionsValidator>();
    }
}
