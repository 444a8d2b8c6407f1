using Microsoft.Extensions.DependencyInjection;

namespace Navi.Agent.Restoration;

/// <summary>Registers what follows a restore.</summary>
internal static class RestorationExtensions
{
    public static IServiceCollection AddRestoration(this IServiceCollection services) => services.AddSingleton<IRestoredInstallation, RestoredInstallation>();
}
