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

    /// <summary>
    /// Makes the next keys now, whatever the age of those in use: published at once, in use after <see cref="SigningKeyOptions.PublishLead"/>. Where a next key waits already, it stays the next one, so that
    /// asking twice is the same as once. Returns all keys.
    /// </summary>
    /// <exception cref="EncryptionKeyException">The wrapping key can't be used.</exception>
    public async Task<IReadOnlyList<SigningKeyStatus>> RotateAsync(CancellationToken cancellation)
    {
        // Also makes what is missing altogether.
        await RunAsync(cancellation);
        var (made, keys) = await database.RunAsync(Scope.System, async connection =>
        {
            await SigningKeyStore.LockAsync(connection, cancellation);
            var made = 0;
            foreach (var use in Uses)
            {
                if (await SigningKeyStore.HasNextAsync(connection, use, cancellation))
                    continue;
                await SigningKeyStore.AddNextAsync(connection, await MakeAsync(use, cancellation), TimeSpan.Zero, options.Value.PublishLead, cancellation);
                made++;
            }
            await PlanEndsAsync(connection, cancellation);
            return (made, await SigningKeyStore.StatusAsync(connection, cancellation));
        }, cancellation);
        if (made > 0)
            LogAsked(made);
        return keys;
    }

    private Task<NewKey> MakeAsync(string use, CancellationToken cancellation) =>
        use == SigningKeyRow.Sign ? material.MakeSigningAsync(cancellation) : material.MakeEncryptingAsync(cancellation);

    private Task PlanEndsAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        SigningKeyStore.PlanEndsAsync(connection, options.Value.KeepAfter, options.Value.EncryptKeepAfter, cancellation);

    [LoggerMessage(4211, LogLevel.Information, "Signing keys: {Made} made, {Deleted} deleted.")]
    private partial void LogRotated(int made, int deleted);

    [LoggerMessage(4213, LogLevel.Information, "{Made} signing keys were made because an operator asked for new ones.")]
    private partial void LogAsked(int made);
}
