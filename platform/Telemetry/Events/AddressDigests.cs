using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption;

namespace Navi.Platform.Telemetry.Events;

/// <summary>
/// Digests of addresses: HMAC-SHA256 (RFC 2104) under a secret of the month, which lies encrypted in <c>navi.telemetry_keys</c>. The same address is known again within a month; without the secret nobody
/// finds it by trying all addresses.
/// </summary>
public sealed class AddressDigests(NaviDatabase database, EnvelopeCipher cipher, TimeProvider time)
{
    private const int SecretBytes = 32;
    private readonly SemaphoreSlim reading = new(1, 1);
    private (string Month, byte[] Secret)? known;

    /// <summary>The digest; null without an address, and for this machine's own, which tells no sender from another.</summary>
    public async Task<string?> OfAsync(IPAddress? address, CancellationToken cancellation)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        if (address is null || IPAddress.IsLoopback(address))
            return null;
        var month = time.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var secret = known is { } cached && cached.Month == month ? cached.Secret : await ReadAsync(month, cancellation);
        return Convert.ToHexStringLower(HMACSHA256.HashData(secret, address.GetAddressBytes()));
    }

    private async Task<byte[]> ReadAsync(string month, CancellationToken cancellation)
    {
        await reading.WaitAsync(cancellation);
        try
        {
            var place = new CipherPlace("navi", "navi.telemetry_keys", month, "secret");
            if (await FindAsync(month, cancellation) is not { } stored)
            {
                var made = await cipher.EncryptAsync(place, RandomNumberGenerator.GetBytes(SecretBytes), cancellation);
                await database.RunAsync(Scope.System, c => c.ExecuteAsync("INSERT INTO navi.telemetry_keys (month, secret) VALUES (@month, @made) ON CONFLICT DO NOTHING", new { month, made }), cancellation);
                // Another process may have been first.
                stored = (await FindAsync(month, cancellation))!;
            }
            var secret = await OpenAsync(place, month, stored, cancellation);
            known = (month, secret);
            return secret;
        }
        finally
        {
            reading.Release();
        }
    }

    // A secret whose wrapping key has gone ends early: nothing but the recognition of addresses depends on it.
    private async Task<byte[]> OpenAsync(CipherPlace place, string month, byte[] stored, CancellationToken cancellation)
    {
        try
        {
            return await cipher.DecryptAsync(place, stored, cancellation);
        }
        catch (CipherException)
        {
            var secret = RandomNumberGenerator.GetBytes(SecretBytes);
            var made = await cipher.EncryptAsync(place, secret, cancellation);
            var replaced = await database.RunAsync(
                Scope.System, c => c.ExecuteAsync("UPDATE navi.telemetry_keys SET secret = @made WHERE month = @month AND secret = @stored", new { month, made, stored }), cancellation);
            return replaced == 1 ? secret : await cipher.DecryptAsync(place, (await FindAsync(month, cancellation))!, cancellation);
        }
    }

    private Task<byte[]?> FindAsync(string month, CancellationToken cancellation) =>
        database.FindAsync<byte[]>(Scope.System, "SELECT secret FROM navi.telemetry_keys WHERE month = @month", new { month }, cancellation);
}
