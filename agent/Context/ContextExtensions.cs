using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Agent.Context.Compaction;
using Navi.Agent.Context.Rows;
using Navi.Agent.Context.Tokens;
using Navi.Agent.Context.Tools;
using Navi.Agent.Effects;
using Navi.Agent.Tools;

namespace Navi.Agent.Context;

/// <summary>Registration of what the model is shown.</summary>
internal static class ContextExtensions
{
    /// <summary>Adds options (validated at start), the makers of prompts and summaries, and the tools that read the conversation itself.</summary>
    public static IServiceCollection AddContext(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ContextOptions>().Bind(configuration.GetSection(ContextOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<ContextOptions>, ContextOptionsValidator>()
            .AddSingleton<TokenCounter>()
            .AddSingleton<PromptTokens>()
            .AddSingleton<ContextStore>()
            .AddSingleton<ModelSummary>()
            .AddSingleton<Compactor>()
            .AddSingleton<ToolSubset>()
            .AddSingleton<PromptMaker>()
            .AddSingleton<ITool>(p => new ReadResultTool(p.GetRequiredService<EffectLedger>()))
            .AddSingleton<ITool>(p => new SearchToolsTool(p.GetRequiredService<ToolRegistry>))
            .AddSingleton<ITool, UpdatePlanTool>();
    }
}
