using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Navi.Platform.Security.Encryption;

/// <summary>
/// Data keys, kept in memory for a bounded time, number of uses and count. Nonces are random: the bound on uses (at most 1,000,000) stays far below the 2^32 values after
/// which they might repeat under one key (NIST SP 800-38D, 8.3).
/// </summary>
internal sealed class DataKeys(WrappingKeys wrapping, IOptions<EncryptionOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (byte[] Key, long At)> opened = [];
    private readonly Queue<string> order = new();
    private volatile DataKey? current;

    /// <summary>A key to encrypt one value with: the one in memory, or a new one.</summary>
    /// <exception cref="EncryptionKeyException">The wrapping key can't be used.</exception>
    public async Task<DataKey> TakeAsync(CancellationToken cancellation)
    {
        if (current is { } known && IsFresh(known.MadeAt) && known.TryUse())
            return known;
        await one.WaitAsync(cancellation);
        try
        {
            // Somebody else may have made one while this one waited.
            if (current is { } meanwhile && IsFresh(meanwhile.MadeAt) && meanwhile.TryUse())
                return meanwhile;
            var bytes = RandomNumberGenerator.GetBytes(WrappingKeys.DataKeyBytes);
            var made = new DataKey(await wrapping.WrapAsync(bytes, cancellation), bytes, time.GetTimestamp(), options.Value.DataKeyUses);
            made.TryUse();
            return current = made;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>The data key in the clear, from memory or unwrapped.</summary>
    /// <exception cref="EncryptionKeyException">The wrapping key can't be used.</exception>
    /// <exception cref="CryptographicException">The wrapping key does not unwrap it.</exception>
    public async Task<byte[]> OpenAsync(WrappedKey wrapped, CancellationToken cancellation)
    {
        var name = $"{wrapped.Algorithm} {wrapped.KeyId} {Convert.ToHexString(wrapped.Bytes)}";
        lock (gate)
        {
            if (opened.TryGetValue(name, out var known) && IsFresh(known.At))
                return known.Key;
        }
        var key = await wrapping.UnwrapAsync(wrapped, cancellation);
        lock (gate)
        {
            if (!opened.ContainsKey(name))
                order.Enqueue(name);
            opened[name] = (key, time.GetTimestamp());
            while (order.Count > options.Value.OpenedKeys)
                opened.Remove(order.Dequeue());
        }
        return key;
    }

    public void Dispose() => one.Dispose();

    private bool IsFresh(long at) => time.GetElapsedTime(at) < options.Value.DataKeyLifetime;
}
