using System.Buffers.Binary;

namespace Navi.Testing.Postgres;

/// <summary>Cuts one direction of a connection into messages (PostgreSQL: Message Formats): a type, a length, a body.</summary>
/// <param name="untypedFirst">The client's first message has no type.</param>
internal sealed class MessageFrames(bool untypedFirst)
{
    // What is looked at is short; of longer bodies the beginning does.
    private const int Kept = 16 * 1024;

    private readonly byte[] header = new byte[5];
    private readonly List<byte> body = [];
    private bool untyped = untypedFirst;
    private int have;
    private int left = -1;

    /// <summary>Takes the next bytes and tells of every message that they complete: its type and body.</summary>
    public void Read(ReadOnlySpan<byte> bytes, Action<char, byte[]> found)
    {
        while (!bytes.IsEmpty)
        {
            var taken = left < 0 ? ReadHeader(bytes) : ReadBody(bytes);
            bytes = bytes[taken..];
            if (left != 0)
                continue;
            found(untyped ? '\0' : (char)header[0], [.. body]);
            (untyped, have, left) = (false, 0, -1);
            body.Clear();
        }
    }

    private int ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var length = untyped ? 4 : 5;
        var taken = Math.Min(length - have, bytes.Length);
        bytes[..taken].CopyTo(header.AsSpan(have));
        have += taken;
        // The length counts itself.
        if (have == length)
            left = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(length - 4, 4)) - 4;
        return taken;
    }

    private int ReadBody(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(left, bytes.Length);
        foreach (var value in bytes[..Math.Min(taken, Math.Max(0, Kept - body.Count))])
            body.Add(value);
        left -= taken;
        return taken;
    }
}
