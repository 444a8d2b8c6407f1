using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Navi.Platform.Security.Encryption;

/// <summary>
/// The stored form of a ciphertext, version 1: the version (1 byte); wrapping algorithm, wrapping key's id and wrapped data key, each after its
/// length (16 bits, big-endian); nonce (12 bytes); tag (16 bytes); the ciphertext to the end.
/// </summary>
/// <param name="Key">The wrapped data key.</param>
/// <param name="Nonce">The nonce of AES-GCM.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Ciphertext">As long as the plain text.</param>
internal sealed record Envelope(WrappedKey Key, byte[] Nonce, byte[] Tag, byte[] Ciphertext)
{
    private const byte Version = 1;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        stream.Write(HeadOf(Key.Algorithm, Key.KeyId));
        Write(stream, Key.Bytes);
        stream.Write(Nonce);
        stream.Write(Tag);
        stream.Write(Ciphertext);
        return stream.ToArray();
    }

    /// <summary>How every envelope begins whose data key this key wraps: version, algorithm and key id. The database finds them by it, without opening any.</summary>
    public static byte[] HeadOf(string algorithm, string keyId)
    {
        using var stream = new MemoryStream();
        stream.WriteByte(Version);
        Write(stream, Strict.GetBytes(algorithm));
        Write(stream, Strict.GetBytes(keyId));
        return stream.ToArray();
    }

    /// <summary>Takes such a beginning apart; null when it is none.</summary>
    public static (string Algorithm, string KeyId)? ReadHead(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head[0] != Version)
            return null;
        var rest = head[1..];
        if (!TryRead(ref rest, out var algorithm) || !TryRead(ref rest, out var keyId) || !rest.IsEmpty)
            return null;
        try
        {
            return (Strict.GetString(algorithm), Strict.GetString(keyId));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Takes the bytes apart; false when they are not an envelope.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Envelope? envelope)
    {
        envelope = null;
        if (bytes.IsEmpty || bytes[0] != Version)
            return false;
        var rest = bytes[1..];
        if (!TryRead(ref rest, out var algorithm) || !TryRead(ref rest, out var keyId) || !TryRead(ref rest, out var wrapped) || rest.Length < Aead.NonceBytes + Aead.TagBytes)
            return false;
        try
        {
            envelope = new Envelope(
                new WrappedKey(Strict.GetString(algorithm), Strict.GetString(keyId), wrapped.ToArray()),
                rest[..Aead.NonceBytes].ToArray(), rest[Aead.NonceBytes..(Aead.NonceBytes + Aead.TagBytes)].ToArray(), rest[(Aead.NonceBytes + Aead.TagBytes)..].ToArray());
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static void Write(MemoryStream stream, byte[] part)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)part.Length));
        stream.Write(length);
        stream.Write(part);
    }

    private static bool TryRead(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        part = default;
        if (rest.Length < sizeof(ushort) || BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && rest.Length < sizeof(ushort) + length)
            return false;
        part = rest.Slice(sizeof(ushort), length);
        rest = rest[(sizeof(ushort) + length)..];
        return true;
    }
}
