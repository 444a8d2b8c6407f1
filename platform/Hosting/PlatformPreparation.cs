using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.SigningKeys;

namespace Navi.Platform.Hosting;

/// <summary>What must be so before a process serves: this build's schema, a wrapping key that works, and signing keys that it opens.</summary>
public static class PlatformPreparation
{
    /// <summary>Migrates, makes the key file of the Local environment when it is missing, checks the wrapping key, and makes the first signing keys. Many processes may do so at once.</summary>
    /// <exception cref="MigrationException">The database is newer than this build, or an applied migration was edited.</exception>
    /// <exception cref="OptionsValidationException">The configuration is invalid.</exception>
    /// <exception cref="EncryptionKeyException">The wrapping key is missing, weak or does not work.</exception>
    /// <exception cref="CipherException">The database's keys were wrapped by another key than this process has.</exception>
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        // Before anything is changed: a process without its key changes nothing.
        services.GetRequiredService<LocalKeyFile>().Ensure();
        await services.GetRequiredService<WrappingKeys>().CheckAsync(cancellation);
        await Migrator.RunAsync(database.DirectConnectionString ?? database.ConnectionString, cancellation);
        await services.GetRequiredService<SigningKeyRotation>().RunAsync(cancellation);
        await services.GetRequiredService<SigningKeyRing>().RefreshAsync(cancellation);
    }
}
