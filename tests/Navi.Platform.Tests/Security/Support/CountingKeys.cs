using Azure.Core.Cryptography;

namespace Navi.Platform.Tests.Security.Support;

/// <summary>Counts what wrapping keys are asked for.</summary>
internal sealed class CountingKeys(IKeyEncryptionKeyResolver inner) : IKeyEncryptionKeyResolver
{
    public int Resolved { get; private set; }

    public IKeyEncryptionKey Resolve(string keyId, CancellationToken cancellationToken = default)
    {
        Resolved++;
        return inner.Resolve(keyId, cancellationToken);
    }

    public Task<IKeyEncryptionKey> ResolveAsync(string keyId, CancellationToken cancellationToken = default) => Task.FromResult(Resolve(keyId, cancellationToken));
}
