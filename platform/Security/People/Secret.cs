using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Navi.Platform.Security.People;

/// <summary>256 random bits that only their holder knows; NAVI keeps their SHA-256.</summary>
/// <param name="Value">The secret, base64url (RFC 4648, 5).</param>
public readonly record struct Secret(string Value)
{
    private const int Bytes = 32;
    private const int LongestValue = 100;

    /// <summary>What is kept.</summary>
    public byte[] Digest => SHA256.HashData(Encoding.UTF8.GetBytes(Value));

    /// <summary>A new one from the system's generator.</summary>
    public static Secret New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>A secret that somebody sent; null when it can't be one.</summary>
    public static Secret? Of(string? sent) => sent is { Length: > 0 and <= LongestValue } ? new Secret(sent) : null;

    /// <summary>A proof that its maker holds the secret and means <paramref name="purpose"/>: HMAC-SHA256 (RFC 2104), base64url.</summary>
    public string ProofOf(string purpose) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Value), Encoding.UTF8.GetBytes(purpose)));

    /// <summary>Whether <paramref name="proof"/> is <see cref="ProofOf"/> the purpose; compared in constant time.</summary>
    public bool Proves(string purpose, string? proof) =>
        proof is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ProofOf(purpose)), Encoding.UTF8.GetBytes(proof));
}
