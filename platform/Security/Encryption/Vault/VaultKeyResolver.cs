using Azure.Core.Cryptography;
using Microsoft.Extensions.Options;
using Navi.Platform.Security.Encryption.KeyFiles;

namespace Navi.Platform.Security.Encryption.Vault;

/// <summary>Finds wrapping keys in the vault of <see cref="EncryptionOptions.KeyId"/>, and key files beside it, so that what was wrapped before a move to Key Vault still opens.</summary>
/// <remarks>The id of a key comes with each ciphertext. Only that one vault is ever asked: whoever can write ciphertexts must not choose where NAVI calls and shows its identity.</remarks>
public sealed class VaultKeyResolver(IKeyEncryptionKeyResolver vault, FileKeyResolver files, IOptions<EncryptionOptions> options) : IKeyEncryptionKeyResolver
{
    /// <inheritdoc/>
    /// <exception cref="EncryptionKeyException">The key lies in another vault, or its file can't be used.</exception>
    public IKeyEncryptionKey Resolve(string keyId, CancellationToken cancellationToken = default) => Place(keyId).Resolve(keyId, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="EncryptionKeyException">The key lies in another vault, or its file can't be used.</exception>
    public Task<IKeyEncryptionKey> ResolveAsync(string keyId, CancellationToken cancellationToken = default) => Place(keyId).ResolveAsync(keyId, cancellationToken);

    private IKeyEncryptionKeyResolver Place(string keyId)
    {
        if (!EncryptionOptions.IsKeyVault(keyId))
            return files;
        return VaultKeyId.TryParse(keyId, out var asked) && VaultKeyId.TryParse(options.Value.KeyId, out var own) && asked == own
            ? vault
            : throw new EncryptionKeyException($"The key '{keyId}' is not a version of a key in the vault of Navi:Encryption:KeyId.");
    }
}
