using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Navi.Platform.Hosting.Readiness;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Agent.Workspace;

/// <summary>Registration of the workspace store.</summary>
public static class WorkspaceExtensions
{
    /// <summary>Adds the store of tasks' workspaces. A missing or relative <see cref="WorkspaceOptions.Root"/> stops the process at start.</summary>
    public static IServiceCollection AddWorkspace(this IServiceCollection services, Action<WorkspaceOptions> configure)
    {
        services.AddOptions<WorkspaceOptions>()
            .Configure(configure)
            .Validate(o => Path.IsPathFullyQualified(o.Root), "WorkspaceOptions.Root must be an absolute directory.")
            .Validate(o => o.TransferTimeout > TimeSpan.Zero, "WorkspaceOptions.TransferTimeout must be positive.")
            .Validate(o => o.LeftOutLimit >= 0, "WorkspaceOptions.LeftOutLimit must not be negative.")
            .Validate(o => o.MinimumFreeMegabytes >= 0, "WorkspaceOptions.MinimumFreeMegabytes must not be negative.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WorkspaceStore>();
        services.AddSingleton<IReadinessCheck, WorkspaceReadiness>();
        services.AddSingleton<WorkspaceDiskGauges>().AddHostedService(p => p.GetRequiredService<WorkspaceDiskGauges>());
        services.AddSingleton<IProcessGauges>(p => p.GetRequiredService<WorkspaceDiskGauges>());
        return services;
    }
}
