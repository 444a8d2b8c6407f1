using System.Security.Cryptography;
using Azure.Core.Cryptography;

namespace Navi.Platform.Security.Encryption.KeyFiles;

/// <summary>A wrapping key from a file: AES key wrap with padding (RFC 5649), which needs no nonce and so has no limit of uses.</summary>
internal sealed class FileKey(string id, byte[] key) : IKeyEncryptionKey
{
    public string KeyId => id;

    public byte[] WrapKey(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        using var aes = Cipher(algorithm);
        return aes.EncryptKeyWrapPadded(key.Span);
    }

    public Task<byte[]> WrapKeyAsync(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
        Task.FromResult(WrapKey(algorithm, key, cancellationToken));

    public byte[] UnwrapKey(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default)
    {
        using var aes = Cipher(algorithm);
        try
        {
            return aes.DecryptKeyWrapPadded(encryptedKey.Span);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("Not a wrapped key.", e);
        }
    }

    public Task<byte[]> UnwrapKeyAsync(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default) =>
        Task.FromResult(UnwrapKey(algorithm, encryptedKey, cancellationToken));

    private Aes Cipher(string algorithm)
    {
        if (algorithm != WrapAlgorithms.KeyFile)
            throw new CryptographicException($"A key file wraps by {WrapAlgorithms.KeyFile}, not by '{algorithm}'.");
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }
}
