using Microsoft.Extensions.Options;
using Navi.Agent.Models;

namespace Navi.Agent.Loop;

/// <summary>A process whose tasks would all name a provider that it does not have must not start.</summary>
internal sealed class ProviderValidation(IEnumerable<ModelProvider> providers) : IValidateOptions<LoopOptions>
{
    public ValidateOptionsResult Validate(string? name, LoopOptions options) => providers.Any(p => p.Name == options.Provider)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"The model provider '{options.Provider}' is not configured (Navi:Agent:Provider, NAVI_MODEL_PROVIDER). Configured: {string.Join(", ", providers.Select(p => p.Name))}.");
}
