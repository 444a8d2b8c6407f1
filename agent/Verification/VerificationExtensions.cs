using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Navi.Agent.Verification;

/// <summary>Registration of verification.</summary>
public static class VerificationExtensions
{
    /// <summary>Adds the verifier. Needs the workspace and the tools.</summary>
    public static IServiceCollection AddVerification(this IServiceCollection services)
    {
        services.TryAddSingleton<Verifier>();
        return services;
    }
}
