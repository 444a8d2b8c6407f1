using Microsoft.Extensions.Options;
using Navi.Agent.Policy.Yaml;

namespace Navi.Agent.Policy;

/// <summary>Reads the policy when the process starts, so that a mistake in it is found before the first task.</summary>
internal sealed class PolicyOptionsValidator : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        try
        {
            PolicyFile.Load(options.Path);
            return ValidateOptionsResult.Success;
        }
        catch (PolicyFileException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
