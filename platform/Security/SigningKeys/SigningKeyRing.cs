using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption;

namespace Navi.Platform.Security.SigningKeys;

/// <summary>The keys of NAVI's own tokens as this process knows them; read again before they may have changed.</summary>
public sealed class SigningKeyRing(NaviDatabase database, SigningKeyRotation rotation, EnvelopeCipher cipher, IOptions<SigningKeyOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly KeyMaterial material = new(cipher);
    private readonly SemaphoreSlim one = new(1);
    private volatile Reading? known;
    private long triedAt;

    /// <summary>What was read last, however long ago; null before the first reading. For code that can't await.</summary>
    public SigningKeySet? Current => known?.Set;

    /// <summary>The keys, read again after <see cref="SigningKeyOptions.RefreshEvery"/> and whenever a key's time has come. A database without keys gets its first ones.</summary>
    /// <exception cref="CipherException">A key does not open: the wrapping key is missing or another one, or the row was changed.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database can't be reached.</exception>
    public async ValueTask<SigningKeySet> GetAsync(CancellationToken cancellation) =>
        known is { } fresh && IsGood(fresh) ? fresh.Set : await ReadAsync(IsGood, cancellation);

    /// <summary>Reads the keys now, unless that was tried within the last second: what strangers send must not become load on the database.</summary>
    /// <exception cref="CipherException">A key does not open: the wrapping key is missing or another one, or the row was changed.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database can't be reached.</exception>
    public Task<SigningKeySet> RefreshAsync(CancellationToken cancellation) => ReadAsync(_ => time.GetElapsedTime(triedAt) < Pause, cancellation);

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private bool IsGood(Reading reading) => time.GetElapsedTime(reading.At) < reading.GoodFor;

    private async Task<SigningKeySet> ReadAsync(Func<Reading, bool> suffices, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            // Somebody else may have read them while this one waited.
            if (known is { } meanwhile && suffices(meanwhile))
                return meanwhile.Set;
            // Before the query: what the database says is no younger.
            var at = triedAt = time.GetTimestamp();
            var rows = await ListAsync(cancellation);
            if (!HasBoth(rows))
            {
                // An empty table, or one from which somebody deleted the keys in use.
                await rotation.RunAsync(cancellation);
                rows = await ListAsync(cancellation);
            }
            var next = rows.Min(r => r.SecondsToChange) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Value.RefreshEvery;
            var version = Version(rows);
            var set = known is { } before && before.Set.Version == version ? before.Set : await OpenAsync(rows, version, cancellation);
            known = new Reading(set, at, next < options.Value.RefreshEvery ? next : options.Value.RefreshEvery);
            return set;
        }
        finally
        {
            one.Release();
        }
    }

    private Task<IReadOnlyList<SigningKeyRow>> ListAsync(CancellationToken cancellation) =>
        database.RunAsync(Scope.System, c => SigningKeyStore.ListAsync(c, cancellation), cancellation);

    private static bool HasBoth(IReadOnlyList<SigningKeyRow> rows) =>
        rows.Any(r => r is { IsCurrent: true, Use: SigningKeyRow.Sign }) && rows.Any(r => r is { IsCurrent: true, Use: SigningKeyRow.Encrypt });

    private async Task<SigningKeySet> OpenAsync(IReadOnlyList<SigningKeyRow> rows, string version, CancellationToken cancellation)
    {
        SecurityKey? signing = null;
        var published = new List<SecurityKey>();
        var encrypting = new List<SymmetricSecurityKey>();
        foreach (var row in rows.Where(r => r.Use == SigningKeyRow.Sign).OrderByDescending(r => r.IsCurrent))
        {
            var (secret, open) = await material.OpenSigningAsync(row, cancellation);
            // Only the first can be the one in use; the others' private parts are not kept.
            signing ??= secret;
            published.Add(open);
        }
        foreach (var row in rows.Where(r => r.Use == SigningKeyRow.Encrypt).OrderByDescending(r => r.IsCurrent))
            encrypting.Add(await material.OpenEncryptingAsync(row, cancellation));
        return new SigningKeySet(signing ?? throw new InvalidOperationException("There is no signing key."), published, encrypting, version);
    }

    private static string Version(IReadOnlyList<SigningKeyRow> rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(r => $"{r.Use} {r.Id} {r.IsCurrent}")))));

    private sealed record Reading(SigningKeySet Set, long At, TimeSpan GoodFor);
}
