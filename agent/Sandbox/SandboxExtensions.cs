using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Navi.Agent.Sandbox;

/// <summary>Registration of the command sandbox.</summary>
public static class SandboxExtensions
{
    /// <summary>Adds the runner of commands. Limits that are not positive stop the process at start.</summary>
    public static IServiceCollection AddSandbox(this IServiceCollection services, Action<SandboxOptions>? configure = null)
    {
        services.AddOptions<SandboxOptions>()
            .Configure(configure ?? (_ => { }))
            .Validate(o => o.MemoryBytes > 0 && o.FileBytes > 0 && o.TemporaryBytes > 0 && o.Processes > 0 && o.OpenFiles > 0,
                "SandboxOptions: every limit must be positive.")
            .Validate(o => o.ReadOnlyPaths.All(Path.IsPathFullyQualified), "SandboxOptions.ReadOnlyPaths must be absolute.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ProcessStarter>();
        services.TryAddSingleton<CommandRunner>();
        return services;
    }
}
