using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Navi.Portable.Durable.Engine;

internal static class NameBasedGuid
{
    // The namespace of this runtime's names.
    private static readonly Guid Namespace = new("7f1c4a52-43d4-5f0a-9a3e-6f7d2b1c9e58");

    /// <summary>RFC 9562 version 5: SHA-1 over namespace and name, so the same name gives the same identifier everywhere.</summary>
    public static Guid Create(string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var data = new byte[16 + text.Length];
        Namespace.TryWriteBytes(data, bigEndian: true, out _);
        text.CopyTo(data, 16);
#pragma warning disable CA5350 // The RFC prescribes SHA-1; nothing here rests on its strength.
        Span<byte> hash = SHA1.HashData(data).AsSpan(0, 16);
#pragma warning restore CA5350
        var version = BinaryPrimitives.ReadUInt16BigEndian(hash[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((version & 0x0FFF) | 0x5000));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
