using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Data.Connections;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Npgsql;

namespace Navi.Platform.Hosting.Startup;

/// <summary>What only the key and the database themselves can tell of a process outside Local; what the options tell is checked with them.</summary>
internal sealed partial class StartupChecks(IOptions<NaviOptions> navi, IOptions<DatabaseOptions> database, IOptions<EncryptionOptions> encryption, ILogger<StartupChecks> logger)
{
    /// <summary>Looks before anything is changed.</summary>
    /// <exception cref="StartupException">The wrapping key is published, or a login of the database is above row-level security.</exception>
    /// <exception cref="EncryptionKeyException">The key file can't be read.</exception>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (navi.Value.IsLocal)
            return;
        if (database.Value.TlsException.Trim() is { Length: > 0 } reason)
            LogTlsException(reason);
        if (!EncryptionOptions.IsKeyVault(encryption.Value.KeyId) && SampleValues.IsSampleKey(KeyFile.Read(encryption.Value.KeyDirectory, encryption.Value.KeyId)))
            throw new StartupException($"Navi:Encryption:KeyId is '{encryption.Value.KeyId}', whose file holds a key that is published as a test vector; in the environment {navi.Value.Environment} it must hold random bits, such as 'openssl rand -hex 32' prints.");
        await RequireBoundAsync(nameof(DatabaseOptions.ConnectionString), database.Value, cancellation);
        if (database.Value.DirectConnectionString is { Length: > 0 } direct)
            await RequireBoundAsync(nameof(DatabaseOptions.DirectConnectionString), database.Value.At(direct), cancellation);
    }

    // Every unit of work takes a role that obeys row-level security; a login that need not obey would undo that with its first statement outside of one.
    private async Task RequireBoundAsync(string option, DatabaseOptions options, CancellationToken cancellation)
    {
        await using var source = DatabaseConnections.Once(options);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = session_user AND (rolsuper OR rolbypassrls)", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return;
        var (role, superuser) = (reader.GetString(0), reader.GetBoolean(1));
        throw new StartupException($"Navi:Database:{option} signs in as '{role}', which {(superuser ? "is a superuser" : "bypasses row-level security")}; in the environment {navi.Value.Environment} it must be a role with NOSUPERUSER and NOBYPASSRLS that owns the database.");
    }

    [LoggerMessage(4601, LogLevel.Warning, "Connections to the database may be less than TLS with a verified server, because: {Reason}")]
    private partial void LogTlsException(string reason);
}
