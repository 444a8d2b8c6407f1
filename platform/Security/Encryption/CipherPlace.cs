using System.Buffers.Binary;
using System.Text;

namespace Navi.Platform.Security.Encryption;

/// <summary>Where a ciphertext belongs. It is authenticated with the ciphertext, which therefore opens nowhere else.</summary>
/// <param name="Organisation">The organisation that owns the row.</param>
/// <param name="Table">The table, with its schema: <c>navi.signing_keys</c>.</param>
/// <param name="Row">What identifies the row.</param>
/// <param name="Column">The column.</param>
public sealed record CipherPlace(string Organisation, string Table, string Row, string Column)
{
    // Strings that are not Unicode would all become the same replacement character, and so one place: they are refused.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The additional authenticated data: each part's length in bytes (32 bits, big-endian), then its UTF-8 bytes, so that no two places give the same.</summary>
    /// <exception cref="EncoderFallbackException">A part is not valid Unicode.</exception>
    internal byte[] ToBytes()
    {
        byte[][] parts = [Strict.GetBytes(Organisation), Strict.GetBytes(Table), Strict.GetBytes(Row), Strict.GetBytes(Column)];
        var bytes = new byte[parts.Sum(p => sizeof(int) + p.Length)];
        var rest = bytes.AsSpan();
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(rest, part.Length);
            part.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + part.Length)..];
        }
        return bytes;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Table}.{Column} of '{Row}' ({Organisation})";
}
