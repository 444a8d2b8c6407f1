using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Navi.Platform.Security.Encryption;

namespace Navi.Platform.Security.SigningKeys;

/// <summary>Makes keys, and opens stored ones.</summary>
internal sealed class KeyMaterial(EnvelopeCipher cipher)
{
    private const int SymmetricBytes = 32;

    /// <summary>A new ES256 key: P-256 (FIPS 186-5), PKCS #8, its id the thumbprint of its public part (RFC 7638).</summary>
    public async Task<NewKey> MakeSigningAsync(CancellationToken cancellation)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Id(ecdsa);
        var plain = ecdsa.ExportPkcs8PrivateKey();
        try
        {
            return new NewKey(id, SigningKeyRow.Sign, SecurityAlgorithms.EcdsaSha256, PublicJwk(ecdsa, id), await cipher.EncryptAsync(Place(id), plain, cancellation));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>A new symmetric key of 256 bits.</summary>
    public async Task<NewKey> MakeEncryptingAsync(CancellationToken cancellation)
    {
        var id = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(SymmetricBytes));
        var plain = RandomNumberGenerator.GetBytes(SymmetricBytes);
        try
        {
            return new NewKey(id, SigningKeyRow.Encrypt, "dir", null, await cipher.EncryptAsync(Place(id), plain, cancellation));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>The private and the public key of a row. The public one is derived from the private one: a row that somebody wrote without the wrapping key gives none.</summary>
    /// <exception cref="CipherException">The row was changed or moved, or the wrapping key is missing or another one.</exception>
    public async Task<(ECDsaSecurityKey Private, ECDsaSecurityKey Public)> OpenSigningAsync(SigningKeyRow row, CancellationToken cancellation)
    {
        var plain = await cipher.DecryptAsync(Place(row.Id), row.PrivateKey, cancellation);
        try
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(plain, out _);
            var open = ECDsa.Create(key.ExportParameters(includePrivateParameters: false));
            return (new ECDsaSecurityKey(key) { KeyId = row.Id }, new ECDsaSecurityKey(open) { KeyId = row.Id });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>The symmetric key of a row.</summary>
    /// <exception cref="CipherException">The row was changed or moved, or the wrapping key is missing or another one.</exception>
    public async Task<SymmetricSecurityKey> OpenEncryptingAsync(SigningKeyRow row, CancellationToken cancellation) =>
        new(await cipher.DecryptAsync(Place(row.Id), row.PrivateKey, cancellation)) { KeyId = row.Id };

    private static CipherPlace Place(string id) => new("navi", "navi.signing_keys", id, "private_key");

    private static string Id(ECDsa key)
    {
        using var open = ECDsa.Create(key.ExportParameters(includePrivateParameters: false));
        return Base64UrlEncoder.Encode(new ECDsaSecurityKey(open).ComputeJwkThumbprint());
    }

    private static string PublicJwk(ECDsa key, string id)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["alg"] = SecurityAlgorithms.EcdsaSha256, ["kid"] = id,
            ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y),
        });
    }
}
