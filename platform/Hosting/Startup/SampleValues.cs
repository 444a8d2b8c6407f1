using System.Security.Cryptography;
using System.Text;

namespace Navi.Platform.Hosting.Startup;

/// <summary>Secrets that are none, because they stand in examples, documents or published test vectors.</summary>
internal static class SampleValues
{
    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        "change-me", "changeme", "change_me", "replace-me", "replace-with-at-least-32-random-characters", "password", "postgres", "secret", "navi", "example", "test",
        "your-password", "your-secret", "token", "placeholder",
    };

    // NIST SP 800-38A F.1.5; FIPS 197 C.3, and the same counted down. Keys with few different bytes are refused by KeyFile.
    private static readonly HashSet<string> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", Ascending(), Descending(),
    };

    private static readonly HashSet<string> Digests = new(Texts.Append("").Select(Digest), StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a password, token or key that somebody else certainly has too. An empty one is not: what must not be empty is checked elsewhere.</summary>
    public static bool IsSample(string? secret) => secret is { Length: > 0 } && (Texts.Contains(secret) || IsOneCharacter(secret));

    /// <summary>True for the SHA-256 of such a secret, of nothing, or a digest of which nobody has the secret.</summary>
    public static bool IsSampleDigest(string sha256) => sha256.Length > 0 && (Digests.Contains(sha256) || IsOneCharacter(sha256));

    /// <summary>True for a wrapping key that is published.</summary>
    public static bool IsSampleKey(ReadOnlySpan<byte> key) => Keys.Contains(Convert.ToHexString(key));

    private static bool IsOneCharacter(string text) => text.AsSpan().IndexOfAnyExcept(text[0]) < 0;

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Ascending() => Convert.ToHexString([.. Enumerable.Range(0, 32).Select(n => (byte)n)]);

    private static string Descending() => Convert.ToHexString([.. Enumerable.Range(0, 32).Select(n => (byte)(31 - n))]);
}
