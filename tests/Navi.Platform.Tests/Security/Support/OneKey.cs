using Azure.Core.Cryptography;

namespace Navi.Platform.Tests.Security.Support;

/// <summary>Finds one key, whatever is asked for.</summary>
internal sealed class OneKey(IKeyEncryptionKey key) : IKeyEncryptionKeyResolver
{
    public IKeyEncryptionKey Resolve(string keyId, CancellationToken cancellationToken = default) => key;

    public Task<IKeyEncryptionKey> ResolveAsync(string keyId, CancellationToken cancellationToken = default) => Task.FromResult(key);
}
