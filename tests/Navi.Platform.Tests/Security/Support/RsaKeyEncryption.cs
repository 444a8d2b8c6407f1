using System.Security.Cryptography;
using Azure.Core.Cryptography;

namespace Navi.Platform.Tests.Security.Support;

/// <summary>An RSA key in this process that wraps as Key Vault's do.</summary>
internal sealed class RsaKeyEncryption(string id, RSA rsa) : IKeyEncryptionKey
{
    public string KeyId => id;

    public byte[] WrapKey(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        Assert.Equal("RSA-OAEP-256", algorithm);
        return rsa.Encrypt(key.Span, RSAEncryptionPadding.OaepSHA256);
    }

    public Task<byte[]> WrapKeyAsync(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) => Task.FromResult(WrapKey(algorithm, key, cancellationToken));

    public byte[] UnwrapKey(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default)
    {
        Assert.Equal("RSA-OAEP-256", algorithm);
        return rsa.Decrypt(encryptedKey.Span, RSAEncryptionPadding.OaepSHA256);
    }

    public Task<byte[]> UnwrapKeyAsync(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default) => Task.FromResult(UnwrapKey(algorithm, encryptedKey, cancellationToken));
}
