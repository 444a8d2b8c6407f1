using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Navi.Agent.Policy.Yaml;

namespace Navi.Agent.Policy;

/// <summary>Registration of the policy.</summary>
public static class PolicyExtensions
{
    /// <summary>
    /// Adds the policy engine. A policy file that is missing or invalid stops the process at start with a message that names line, field
    /// and value.
    /// </summary>
    public static IServiceCollection AddPolicy(this IServiceCollection services, Action<PolicyOptions> configure)
    {
        services.AddOptions<PolicyOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PolicyOptions>, PolicyOptionsValidator>());
        services.TryAddSingleton(provider => new PolicyEngine(PolicyFile.Load(provider.GetRequiredService<IOptions<PolicyOptions>>().Value.Path)));
        return services;
    }
}
