using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Hosting.Startup;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.SigningKeys;

namespace Navi.Platform.Hosting;

/// <summary>What must be so before a process serves: this build's schema, a wrapping key that works, and signing keys that it opens.</summary>
public static partial class PlatformPreparation
{
    /// <summary>Checks what the environment asks for, migrates, makes the key file of the Local environment when it is missing, checks the wrapping key, and makes the first signing keys. Many processes may do so at once.</summary>
    /// <exception cref="MigrationException">The database is newer than this build, or an applied migration was edited.</exception>
    /// <exception cref="StartupException">What the process was given is too weak for its environment.</exception>
    /// <exception cref="OptionsValidationException">The configuration is invalid.</exception>
    /// <exception cref="EncryptionKeyException">The wrapping key is missing, weak or does not work.</exception>
    /// <exception cref="CipherException">The database's keys were wrapped by another key than this process has.</exception>
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        // Before anything is changed: a process without its key changes nothing.
        services.GetRequiredService<LocalKeyFile>().Ensure();
        await services.GetRequiredService<WrappingKeys>().CheckAsync(cancellation);
        await services.GetRequiredService<StartupChecks>().RunAsync(cancellation);
        var outcome = await Migrator.RunAsync(database, cancellation);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PlatformPreparation));
        foreach (var migration in outcome.Applied)
            LogApplied(logger, migration.Number, migration.Name);
        foreach (var migration in outcome.Ahead)
            LogAhead(logger, migration.Number, migration.Name);
        await services.GetRequiredService<SigningKeyRotation>().RunAsync(cancellation);
        await services.GetRequiredService<SigningKeyRing>().RefreshAsync(cancellation);
    }

    [LoggerMessage(4602, LogLevel.Information, "Migration {Number} was applied: {Name}")]
    private static partial void LogApplied(ILogger logger, int number, string name);

    [LoggerMessage(4603, LogLevel.Warning, "The database has migration {Number} ({Name}) of a newer build. It only expands the schema, so this build works on it.")]
    private static partial void LogAhead(ILogger logger, int number, string name);
}
