using Azure.Core.Cryptography;
using Azure.Identity;
using Azure.Security.KeyVault.Keys.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.Encryption.Vault;

namespace Navi.Functions.KeyVault;

/// <summary>Wrapping keys in Azure Key Vault; only in the AzureFunctions build.</summary>
internal static class KeyVaultRegistration
{
    private const int Retries = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looks for wrapping keys in Key Vault, as the process's managed identity: the user-assigned one that <c>AZURE_CLIENT_ID</c> names, else the system-assigned one.</summary>
    public static IServiceCollection AddKeyVaultKeys(this IServiceCollection services, IConfiguration configuration) =>
        services.Replace(ServiceDescriptor.Singleton<IKeyEncryptionKeyResolver>(p => new VaultKeyResolver(
            new KeyResolver(Identity(configuration), new CryptographyClientOptions { Retry = { MaxRetries = Retries, NetworkTimeout = Patience } }),
            p.GetRequiredService<FileKeyResolver>(), p.GetRequiredService<IOptions<EncryptionOptions>>())));

    private static ManagedIdentityCredential Identity(IConfiguration configuration) =>
        new(configuration["AZURE_CLIENT_ID"] is { Length: > 0 } client ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned);
}
