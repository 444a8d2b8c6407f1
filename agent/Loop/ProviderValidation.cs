using Microsoft.Extensions.Options;
using Navi.Agent.Models;
using Navi.Agent.Models.Options;
using Navi.Agent.Models.Routing;

namespace Navi.Agent.Loop;

/// <summary>A process whose tasks would all name a provider that it does not have must not start.</summary>
internal sealed class ProviderValidation(IOptions<ModelsOptions> models, IEnumerable<ModelProvider> providers) : IValidateOptions<LoopOptions>
{
    public ValidateOptionsResult Validate(string? name, LoopOptions options) => Names().Contains(options.Provider)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"The model provider '{options.Provider}' is not configured (Navi:Agent:Provider, NAVI_MODEL_PROVIDER). Configured: {string.Join(", ", Names())}.");

    private IEnumerable<string> Names() => [ModelRouter.Auto, .. models.Value.Entries.Select(e => e.Name), .. providers.Select(p => p.Name)];
}
