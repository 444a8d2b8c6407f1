using Azure.Core.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.Encryption.Rewrapping;

namespace Navi.Platform.Security.Encryption;

/// <summary>Registers encryption at rest.</summary>
public static class EncryptionRegistration
{
    /// <summary>Adds the cipher with its options (validated at start), and key files as the place of wrapping keys; a host may replace <see cref="IKeyEncryptionKeyResolver"/>.</summary>
    public static IServiceCollection AddEncryption(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EncryptionOptions>().Bind(configuration.GetSection(EncryptionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<EncryptionOptions>, EncryptionDefaults>();
        services.AddSingleton<IValidateOptions<EncryptionOptions>, EncryptionOptionsValidator>();
        services.TryAddSingleton<IKeyEncryptionKeyResolver>(p => p.GetRequiredService<FileKeyResolver>());
        return services.AddSingleton<FileKeyResolver>().AddSingleton<LocalKeyFile>().AddSingleton<WrappingKeys>().AddSingleton<EnvelopeCipher>()
            .AddSingleton<EnvelopeRewrap>().AddSingleton<KeyInventory>();
    }
}
