using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Navi.Agent.Costs;
using Navi.Agent.Loop;
using Navi.Agent.Models.Catalogue;
using Navi.Agent.Models.Metering;
using Navi.Agent.Models.Options;
using Navi.Agent.Models.Prices;
using Navi.Agent.Models.Providers;
using Navi.Agent.Models.Replay;
using Navi.Agent.Models.Routing;
using Navi.Agent.Models.Secrets;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Agent.Models;

/// <summary>Registers the models.</summary>
internal static class ModelsExtensions
{
    /// <summary>Adds options (validated at start), kinds, prices, records and the router.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModelsOptions>().Bind(configuration.GetSection(ModelsOptions.Section)).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Operators>();
        return services
            .AddSingleton<IValidateOptions<ModelsOptions>, ModelsOptionsValidator>()
            .AddSingleton<IModelKind>(new AzureOpenAiKind(() => new DefaultAzureCredential()))
            .AddSingleton<IModelKind>(new OpenAiKind(compatible: false))
            .AddSingleton<IModelKind>(new OpenAiKind(compatible: true))
            .AddSingleton<IModelKind, AnthropicKind>()
            .AddSingleton<IModelKind, OllamaKind>()
            .AddSingleton<IModelKind, ReplayKind>()
            .AddSingleton<PriceList>()
            .AddSingleton<LlmMetrics>()
            .AddSingleton(p => new RouteResilience(p.GetRequiredService<IOptions<ModelsOptions>>(), p.GetRequiredService<TimeProvider>(), new Random()))
            .AddSingleton<IProcessGauges>(p => p.GetRequiredService<RouteResilience>())
            .AddSingleton<ModelSecrets>()
            .AddSingleton<ModelRoutes>()
            .AddSingleton(p => new ModelRouter(p.GetRequiredService<ModelRoutes>(), p.GetRequiredService<ErrorRecorder>()))
            .AddSingleton(p => new ModelCatalogue(
                p.GetRequiredService<ModelRoutes>(), p.GetRequiredService<ModelRouter>(), p.GetRequiredService<PriceList>(), p.GetRequiredService<IOptions<LoopOptions>>()))
            .AddSingleton<CostReports>()
            .AddHostedService<ModelsNotice>();
    }
}
