using System.Security.Cryptography;
using Azure.Core.Cryptography;
using Microsoft.Extensions.Options;

namespace Navi.Platform.Security.Encryption;

/// <summary>Wraps data keys by the key of now, and unwraps those of any key that the resolver still finds.</summary>
public sealed class WrappingKeys(IKeyEncryptionKeyResolver resolver, IOptions<EncryptionOptions> options)
{
    /// <summary>Bytes of a data key: AES-256.</summary>
    internal const int DataKeyBytes = 32;

    /// <summary>The key of now.</summary>
    internal string CurrentId => options.Value.KeyId;

    /// <summary>How envelopes of the key of now begin.</summary>
    internal byte[] CurrentHead => Envelope.HeadOf(WrapAlgorithms.Of(CurrentId), CurrentId);

    /// <summary>True when the key of now wraps it.</summary>
    internal bool IsCurrent(WrappedKey key) => key.KeyId == options.Value.KeyId && key.Algorithm == WrapAlgorithms.Of(key.KeyId);

    /// <summary>Wraps a data key by the key of now.</summary>
    /// <exception cref="EncryptionKeyException">The key can't be used.</exception>
    internal Task<WrappedKey> WrapAsync(ReadOnlyMemory<byte> dataKey, CancellationToken cancellation) => WrapAsync(CurrentId, dataKey, cancellation);

    /// <summary>Unwraps a data key.</summary>
    /// <exception cref="EncryptionKeyException">The key can't be used.</exception>
    /// <exception cref="CryptographicException">This key does not unwrap it.</exception>
    internal async Task<byte[]> UnwrapAsync(WrappedKey wrapped, CancellationToken cancellation)
    {
        // What a stored ciphertext names is used only in the one way that keys of this kind are.
        if (wrapped.Algorithm != WrapAlgorithms.Of(wrapped.KeyId))
            throw new CryptographicException($"'{wrapped.Algorithm}' is not how the key '{wrapped.KeyId}' wraps.");
        var key = await resolver.ResolveAsync(wrapped.KeyId, cancellation);
        var dataKey = await key.UnwrapKeyAsync(wrapped.Algorithm, wrapped.Bytes, cancellation);
        return dataKey.Length == DataKeyBytes ? dataKey : throw new CryptographicException($"A data key has {DataKeyBytes} bytes.");
    }

    /// <summary>Wraps and unwraps once, so that a process whose key does not work says so at its start.</summary>
    /// <exception cref="EncryptionKeyException">The key is missing or does not work.</exception>
    public Task CheckAsync(CancellationToken cancellation) => CheckAsync(CurrentId, cancellation);

    /// <summary>The same for any key.</summary>
    /// <exception cref="EncryptionKeyException">The key is missing or does not work.</exception>
    internal async Task CheckAsync(string id, CancellationToken cancellation)
    {
        var named = id == CurrentId ? $"The key '{id}' of Navi:Encryption:KeyId" : $"The key '{id}'";
        var probe = RandomNumberGenerator.GetBytes(DataKeyBytes);
        try
        {
            var back = await UnwrapAsync(await WrapAsync(id, probe, cancellation), cancellation);
            if (CryptographicOperations.FixedTimeEquals(probe, back))
                return;
        }
        catch (Exception e) when (e is CryptographicException || KeyServiceFailure.Is(e))
        {
            throw new EncryptionKeyException($"{named} does not work: {(e is CryptographicException ? e.Message : KeyServiceFailure.Say(e))}", e);
        }
        throw new EncryptionKeyException($"{named} does not give back what it wraps.");
    }

    private async Task<WrappedKey> WrapAsync(string id, ReadOnlyMemory<byte> dataKey, CancellationToken cancellation)
    {
        var algorithm = WrapAlgorithms.Of(id);
        var key = await resolver.ResolveAsync(id, cancellation);
        return new WrappedKey(algorithm, id, await key.WrapKeyAsync(algorithm, dataKey, cancellation));
    }
}
