using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.Encryption.Vault;

namespace Navi.Platform.Security.Encryption;

/// <summary>Stops a process at start that would not know its key.</summary>
internal sealed class EncryptionOptionsValidator(IOptions<NaviOptions> navi) : IValidateOptions<EncryptionOptions>
{
    public ValidateOptionsResult Validate(string? name, EncryptionOptions options)
    {
        if (options.KeyId.Length == 0)
            return ValidateOptionsResult.Fail($"Navi:Encryption:KeyId is missing: in the environment {navi.Value.Environment} it must name the key that protects what is stored, a file of Navi:Encryption:KeyDirectory or a Key Vault key's address with its version.");
        if (EncryptionOptions.IsKeyVault(options.KeyId))
            return VaultKeyId.TryParse(options.KeyId, out _)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"Navi:Encryption:KeyId is '{options.KeyId}'; a Key Vault key is named with its version: https://NAME.vault.azure.net/keys/KEY/VERSION.");
        if (!KeyFile.IsName(options.KeyId))
            return ValidateOptionsResult.Fail($"Navi:Encryption:KeyId is '{options.KeyId}'; it must be the name of a key file (1 to 64 letters, digits, '.', '_' and '-', not beginning with '.'), or a Key Vault key's address with its version.");
        if (options.KeyDirectory.Length == 0)
            return ValidateOptionsResult.Fail($"Navi:Encryption:KeyDirectory is missing: in the environment {navi.Value.Environment} it must be the absolute directory that holds the key file '{options.KeyId}'.");
        return Path.IsPathFullyQualified(options.KeyDirectory)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Navi:Encryption:KeyDirectory is '{options.KeyDirectory}'; it must be an absolute directory.");
    }
}
