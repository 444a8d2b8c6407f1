using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption;
using Npgsql;

namespace Navi.Platform.Security.SigningKeys;

/// <summary>Makes, retires and deletes the keys of NAVI's own tokens. Any number of processes may call it at once: a lock in the database lets one act and the others find nothing to do.</summary>
public sealed partial class SigningKeyRotation(NaviDatabase database, EnvelopeCipher cipher, IOptions<SigningKeyOptions> options, ILogger<SigningKeyRotation> logger)
{
    // The next key is made so long before it must be published: the timer runs every hour and may miss a run.
    private static readonly TimeSpan TimerMargin = TimeSpan.FromHours(2);
    private static readonly string[] Uses = [SigningKeyRow.Sign, SigningKeyRow.Encrypt];
    private readonly KeyMaterial material = new(cipher);

    /// <summary>Makes the first keys, makes the next key ahead of time, plans the end of the one before, deletes expired ones. Returns how many keys it made and deleted.</summary>
    /// <exception cref="EncryptionKeyException">The wrapping key can't be used.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (made, deleted) = await database.RunAsync(Scope.System, async connection =>
        {
            await SigningKeyStore.LockAsync(connection, cancellation);
            var deleted = await SigningKeyStore.DeleteExpiredAsync(connection, cancellation);
            var made = 0;
            foreach (var use in Uses)
            {
                if (await SigningKeyStore.LacksCurrentAsync(connection, use, cancellation))
                {
                    await SigningKeyStore.AddCurrentAsync(connection, await MakeAsync(use, cancellation), cancellation);
                    made++;
                }
                if (await SigningKeyStore.NeedsNextAsync(connection, use, options.Value.Lifetime, options.Value.PublishLead + TimerMargin, cancellation))
                {
                    await SigningKeyStore.AddNextAsync(connection, await MakeAsync(use, cancellation), options.Value.Lifetime, options.Value.PublishLead, cancellation);
                    made++;
                }
            }
            await PlanEndsAsync(connection, cancellation);
            return (made, deleted);
        }, cancellation);
        if (made + deleted > 0)
            LogRotated(made, deleted);
        return made + deleted;
    }

    /// <summary>Wraps every private key that an older wrapping key wraps by the one of now. Returns how many.</summary>
    /// <exception cref="CipherException">A key does not open.</exception>
    /// <exception cref="EncryptionKeyException">The wrapping key can't be used.</exception>
    public async Task<int> RewrapAsync(CancellationToken cancellation)
    {
        var count = 0;
        foreach (var row in await database.RunAsync(Scope.System, c => SigningKeyStore.ListAsync(c, cancellation), cancellation))
        {
            // Outside of any transaction: the wrapping key may be a network away.
            if (await cipher.RewrapAsync(row.PrivateKey, cancellation) is { } replacement
                && await database.RunAsync(Scope.System, c => SigningKeyStore.ReplaceAsync(c, row.Id, row.PrivateKey, replacement, cancellation), cancellation))
                count++;
        }
        if (count > 0)
            LogRewrapped(count);
        return count;
    }

    private Task<NewKey> MakeAsync(string use, CancellationToken cancellation) =>
        use == SigningKeyRow.Sign ? material.MakeSigningAsync(cancellation) : material.MakeEncryptingAsync(cancellation);

    private Task PlanEndsAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        SigningKeyStore.PlanEndsAsync(connection, options.Value.KeepAfter, options.Value.EncryptKeepAfter, cancellation);

    [LoggerMessage(4211, LogLevel.Information, "Signing keys: {Made} made, {Deleted} deleted.")]
    private partial void LogRotated(int made, int deleted);

    [LoggerMessage(4213, LogLevel.Information, "{Count} signing keys are now wrapped by the current key.")]
    private partial void LogRewrapped(int count);
}
