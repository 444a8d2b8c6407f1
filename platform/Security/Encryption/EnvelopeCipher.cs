using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Navi.Platform.Security.Encryption;

/// <summary>
/// Envelope encryption: AES-256-GCM (NIST SP 800-38D) under a data key, which is stored beside the ciphertext, wrapped by the key of <see cref="EncryptionOptions.KeyId"/>.
/// A value opens only where it was written, and as long as the key that wraps it exists.
/// </summary>
/// <remarks>It does not hide how long a value is, nor keep an old value of the same place from being put back.</remarks>
public sealed class EnvelopeCipher(WrappingKeys wrapping, IOptions<EncryptionOptions> options, TimeProvider time) : IDisposable
{
    private readonly DataKeys keys = new(wrapping, options, time);

    /// <summary>Encrypts a value for its place.</summary>
    /// <exception cref="EncryptionKeyException">The wrapping key can't be used.</exception>
    /// <exception cref="Azure.RequestFailedException">Key Vault does not answer or refuses.</exception>
    public async Task<byte[]> EncryptAsync(CipherPlace place, ReadOnlyMemory<byte> plain, CancellationToken cancellation)
    {
        var associated = place.ToBytes();
        var key = await keys.TakeAsync(cancellation);
        var nonce = RandomNumberGenerator.GetBytes(Aead.NonceBytes);
        var (ciphertext, tag) = Aead.Seal(key.Bytes, nonce, plain.Span, associated);
        return new Envelope(key.Wrapped, nonce, tag, ciphertext).ToBytes();
    }

    /// <summary>Decrypts what was encrypted for this place.</summary>
    /// <exception cref="CipherException">It was changed, cut or moved, or its key is missing or another one.</exception>
    /// <exception cref="Azure.RequestFailedException">Key Vault does not answer or refuses.</exception>
    public async Task<byte[]> DecryptAsync(CipherPlace place, byte[] @sealed, CancellationToken cancellation)
    {
        var associated = place.ToBytes();
        if (!Envelope.TryParse(@sealed, out var envelope))
            throw new CipherException($"The value in {place} is not one that NAVI encrypted, or was cut.");
        try
        {
            return Aead.Open(await keys.OpenAsync(envelope.Key, cancellation), envelope.Nonce, envelope.Ciphertext, envelope.Tag, associated);
        }
        catch (EncryptionKeyException e)
        {
            throw new CipherException($"The value in {place} can't be decrypted: {e.Message}", e);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new CipherException($"The value in {place} does not open with the key '{envelope.Key.KeyId}': it was changed or moved, or that key is not the one it was encrypted with.", e);
        }
    }

    /// <summary>The same value with its data key wrapped by the key of now; null when it is so already. The value itself is not decrypted, so its place is not checked.</summary>
    /// <exception cref="CipherException">It is no ciphertext, or its key is missing or another one.</exception>
    /// <exception cref="EncryptionKeyException">The key of now can't be used.</exception>
    /// <exception cref="Azure.RequestFailedException">Key Vault does not answer or refuses.</exception>
    public async Task<byte[]?> RewrapAsync(byte[] @sealed, CancellationToken cancellation)
    {
        if (!Envelope.TryParse(@sealed, out var envelope))
            throw new CipherException("The value is not one that NAVI encrypted, or was cut.");
        if (wrapping.IsCurrent(envelope.Key))
            return null;
        byte[] dataKey;
        try
        {
            dataKey = await keys.OpenAsync(envelope.Key, cancellation);
        }
        catch (Exception e) when (e is EncryptionKeyException || IsRefusal(e))
        {
            throw new CipherException($"The data key that the key '{envelope.Key.KeyId}' wraps can't be unwrapped: {(KeyServiceFailure.Is(e) ? KeyServiceFailure.Say(e) : e.Message)}", e);
        }
        return (envelope with { Key = await wrapping.WrapAsync(dataKey, cancellation) }).ToBytes();
    }

    /// <inheritdoc/>
    public void Dispose() => keys.Dispose();

    // Key Vault answers 400 to bytes that a key does not unwrap, 404 for a key that it has not.
    private static bool IsRefusal(Exception e) => e is CryptographicException or Azure.RequestFailedException { Status: 400 or 404 };
}
