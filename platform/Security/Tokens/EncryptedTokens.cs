using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption;

namespace Navi.Platform.Security.Tokens;

/// <summary>
/// Tokens that an organisation gives NAVI to use, such as a model provider's key: in envelopes that open in their own row alone. A value comes out through <see cref="ReadAsync"/> and nowhere else; no message
/// of this class holds one.
/// </summary>
public sealed partial class EncryptedTokens(NaviDatabase database, EnvelopeCipher cipher)
{
    /// <summary>Most characters of a value.</summary>
    public const int LongestValue = 8_192;

    /// <summary>Most tokens of an organisation.</summary>
    public const int Most = 100;

    private const string Columns = "name, created_at, updated_at, by";

    /// <summary>True for a name that a token may have: 1 to 64 letters, digits, '.', '_' and '-', the first a letter or digit.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>Keeps the value under the name, in place of the one before. Null when the organisation has <see cref="Most"/> others already.</summary>
    /// <exception cref="EncryptionKeyException">The wrapping key can't be used.</exception>
    /// <exception cref="Exception">Key Vault does not answer or refuses: <see cref="KeyServiceFailure"/>.</exception>
    public async Task<TokenRow?> PutAsync(string organisation, string name, string value, string user, CancellationToken cancellation)
    {
        var plain = Encoding.UTF8.GetBytes(value);
        // Outside of the transaction: the wrapping key may be a network away.
        var envelope = await cipher.EncryptAsync(Place(organisation, name), plain, cancellation);
        CryptographicOperations.ZeroMemory(plain);
        return await database.RunAsync(Scope.Of(organisation), async connection =>
        {
            // One at a time in an organisation: two could each find room for the last one.
            await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_xact_lock(hashtextextended('navi.encrypted_tokens ' || @organisation, 0))", new { organisation }, cancellationToken: cancellation));
            return await connection.QuerySingleOrDefaultAsync<TokenRow>(new CommandDefinition(
                $"""
                INSERT INTO navi.encrypted_tokens (org_id, name, envelope, by)
                SELECT @organisation, @name, @envelope, @user WHERE (SELECT count(*) FROM navi.encrypted_tokens WHERE org_id = @organisation AND name <> @name) < @most
                ON CONFLICT (org_id, name) DO UPDATE SET envelope = excluded.envelope, updated_at = now(), by = excluded.by
                RETURNING {Columns}, xmax = 0 AS is_new
                """, new { organisation, name, envelope, user, most = Most }, cancellationToken: cancellation));
        }, cancellation);
    }

    /// <summary>The organisation's tokens by name, without their values.</summary>
    public Task<List<TokenRow>> ListAsync(string organisation, CancellationToken cancellation) =>
        database.QueryAsync<TokenRow>(Scope.Of(organisation), $"SELECT {Columns} FROM navi.encrypted_tokens WHERE org_id = @organisation ORDER BY name", new { organisation }, cancellation);

    /// <summary>Deletes it; false when there is none of this name.</summary>
    public async Task<bool> DeleteAsync(string organisation, string name, CancellationToken cancellation) => await database.RunAsync(
        Scope.Of(organisation),
        c => c.ExecuteAsync(new CommandDefinition("DELETE FROM navi.encrypted_tokens WHERE org_id = @organisation AND name = @name", new { organisation, name }, cancellationToken: cancellation)), cancellation) == 1;

    /// <summary>The value; null when there is none of this name.</summary>
    /// <exception cref="CipherException">It was changed, or moved here from elsewhere, or its wrapping key is missing or another one.</exception>
    /// <exception cref="Exception">Key Vault does not answer or refuses: <see cref="KeyServiceFailure"/>.</exception>
    public async Task<string?> ReadAsync(string organisation, string name, CancellationToken cancellation)
    {
        if (await database.FindAsync<byte[]>(
            Scope.Of(organisation), "SELECT envelope FROM navi.encrypted_tokens WHERE org_id = @organisation AND name = @name", new { organisation, name }, cancellation) is not { } envelope)
            return null;
        var plain = await cipher.DecryptAsync(Place(organisation, name), envelope, cancellation);
        var value = Encoding.UTF8.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return value;
    }

    private static CipherPlace Place(string organisation, string name) => new(organisation, "navi.encrypted_tokens", name, "envelope");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
