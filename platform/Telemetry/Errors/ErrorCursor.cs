using System.Buffers.Binary;
using System.Buffers.Text;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>
/// Where a page of groups ended: the last group as it was then. A group that comes again between two pages moves to the front and takes the place of none of the others, so the next page goes on where
/// this one ended.
/// </summary>
/// <param name="LastSeen">When the last group had come last, UTC.</param>
/// <param name="Id">The last group.</param>
public readonly record struct ErrorCursor(DateTime LastSeen, Guid Id)
{
    private const int Bytes = sizeof(long) + 16;

    /// <summary>As it stands in an address: base64url (RFC 4648) of the ticks, big-endian, and the id.</summary>
    public string Text
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Bytes];
            BinaryPrimitives.WriteInt64BigEndian(bytes, LastSeen.Ticks);
            Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
            return Base64Url.EncodeToString(bytes);
        }
    }

    /// <summary>The cursor of which this is the text; null when it is of none.</summary>
    public static ErrorCursor? Of(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return Base64Url.IsValid(text, out var length) && length == Bytes && Base64Url.TryDecodeFromChars(text, bytes, out _)
            && BinaryPrimitives.ReadInt64BigEndian(bytes) is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks
            ? new ErrorCursor(new DateTime(ticks, DateTimeKind.Utc), new Guid(bytes[sizeof(long)..], bigEndian: true))
            : null;
    }
}
