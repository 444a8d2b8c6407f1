using System.Security.Cryptography;

namespace Navi.Platform.Security.Encryption;

/// <summary>AES-256-GCM with a tag of 128 bits (NIST SP 800-38D).</summary>
internal static class Aead
{
    public const int NonceBytes = 12;
    public const int TagBytes = 16;

    /// <summary>Encrypts; a nonce must never come twice with one key.</summary>
    public static (byte[] Ciphertext, byte[] Tag) Seal(byte[] key, byte[] nonce, ReadOnlySpan<byte> plain, byte[] associated)
    {
        var (ciphertext, tag) = (new byte[plain.Length], new byte[TagBytes]);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, ciphertext, tag, associated);
        return (ciphertext, tag);
    }

    /// <summary>Decrypts.</summary>
    /// <exception cref="AuthenticationTagMismatchException">Something was changed, or the key is another one.</exception>
    public static byte[] Open(byte[] key, byte[] nonce, byte[] ciphertext, byte[] tag, byte[] associated)
    {
        var plain = new byte[ciphertext.Length];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(nonce, ciphertext, tag, plain, associated);
        return plain;
    }
}
