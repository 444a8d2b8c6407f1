using Microsoft.Extensions.Options;

namespace Navi.Platform.Security.SigningKeys;

/// <summary>What the times of keys must be to each other.</summary>
internal sealed class SigningKeyOptionsValidator : IValidateOptions<SigningKeyOptions>
{
    public ValidateOptionsResult Validate(string? name, SigningKeyOptions options)
    {
        if (options.PublishLead <= options.RefreshEvery)
            return ValidateOptionsResult.Fail($"Navi:SigningKeys:PublishLead ({options.PublishLead:c}) must be above Navi:SigningKeys:RefreshEvery ({options.RefreshEvery:c}): a key would sign before every process knows it.");
        return options.Lifetime >= 2 * options.PublishLead
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Navi:SigningKeys:Lifetime ({options.Lifetime:c}) must be at least twice Navi:SigningKeys:PublishLead ({options.PublishLead:c}).");
    }
}
