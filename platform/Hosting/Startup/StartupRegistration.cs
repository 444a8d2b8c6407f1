using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.Identity;

namespace Navi.Platform.Hosting.Startup;

/// <summary>Registers what a process outside Local is asked at its start.</summary>
internal static class StartupRegistration
{
    public static IServiceCollection AddStartupChecks(this IServiceCollection services) => services
        .AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseInDeployment>()
        .AddSingleton<IValidateOptions<IdentityOptions>, TokensInDeployment>()
        .AddSingleton<StartupChecks>();
}
