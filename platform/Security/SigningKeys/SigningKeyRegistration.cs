using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Navi.Platform.Security.SigningKeys;

/// <summary>Registers the keys of NAVI's own tokens.</summary>
public static class SigningKeyRegistration
{
    /// <summary>Adds the ring and the rotation, with their options (validated at start). Needs encryption and the database.</summary>
    public static IServiceCollection AddSigningKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SigningKeyOptions>().Bind(configuration.GetSection(SigningKeyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<SigningKeyOptions>, SigningKeyOptionsValidator>()
            .AddSingleton<SigningKeyRotation>()
            .AddSingleton<SigningKeyRing>();
    }
}
