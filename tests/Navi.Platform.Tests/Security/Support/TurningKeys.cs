using Azure.Core.Cryptography;

namespace Navi.Platform.Tests.Security.Support;

/// <summary>Does something when a key is asked for, before it is found.</summary>
internal sealed class TurningKeys(IKeyEncryptionKeyResolver inner, Func<string, Task> before) : IKeyEncryptionKeyResolver
{
    public IKeyEncryptionKey Resolve(string keyId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async Task<IKeyEncryptionKey> ResolveAsync(string keyId, CancellationToken cancellationToken = default)
    {
        await before(keyId);
        return await inner.ResolveAsync(keyId, cancellationToken);
    }
}
