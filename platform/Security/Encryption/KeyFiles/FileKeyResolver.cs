using Azure.Core.Cryptography;
using Microsoft.Extensions.Options;

namespace Navi.Platform.Security.Encryption.KeyFiles;

/// <summary>Finds wrapping keys as files of <see cref="EncryptionOptions.KeyDirectory"/>. Each time anew: a file that is put there or taken away counts at once.</summary>
public sealed class FileKeyResolver(IOptions<EncryptionOptions> options) : IKeyEncryptionKeyResolver
{
    /// <inheritdoc/>
    /// <exception cref="EncryptionKeyException">The file is missing, unreadable, readable by others, malformed or weak.</exception>
    public IKeyEncryptionKey Resolve(string keyId, CancellationToken cancellationToken = default)
    {
        if (EncryptionOptions.IsKeyVault(keyId))
            throw new EncryptionKeyException($"The key '{keyId}' lies in Key Vault, which this process does not use: Navi:Encryption:KeyId names a key file, or this is the Portable build.");
        if (!KeyFile.IsName(keyId))
            throw new EncryptionKeyException($"'{keyId}' is not the name of a key file.");
        return new FileKey(keyId, KeyFile.Read(options.Value.KeyDirectory, keyId));
    }

    /// <inheritdoc/>
    public Task<IKeyEncryptionKey> ResolveAsync(string keyId, CancellationToken cancellationToken = default) => Task.FromResult(Resolve(keyId, cancellationToken));
}
