using System.Text;

namespace Navi.Agent.Tools;

/// <summary>
/// A file's text, and how to write another text with the same encoding and byte order mark. Bytes that are not valid UTF-8 are read as
/// Latin-1, so that they survive an edit elsewhere in the file.
/// </summary>
internal sealed record TextFile(string Text, Encoding Encoding, bool HasMark)
{
    private const int BinaryProbe = 8000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Null for a binary file: one with a NUL near its beginning that is not UTF-16 with a mark.</summary>
    public static TextFile? Of(byte[] content)
    {
        // UTF-32 begins as UTF-16 does.
        if (content is [0xFF, 0xFE, 0, 0, ..])
            return null;
        if (content is [0xFF, 0xFE, ..])
            return Marked(content, 2, new UnicodeEncoding(bigEndian: false, byteOrderMark: true));
        if (content is [0xFE, 0xFF, ..])
            return Marked(content, 2, new UnicodeEncoding(bigEndian: true, byteOrderMark: true));
        if (IsBinary(content))
            return null;
        if (content is [0xEF, 0xBB, 0xBF, ..])
            return Marked(content, 3, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        try
        {
            return new(Strict.GetString(content), Strict, HasMark: false);
        }
        catch (ArgumentException)
        {
            return new(Encoding.Latin1.GetString(content), Encoding.Latin1, HasMark: false);
        }
    }

    public static bool IsBinary(ReadOnlySpan<byte> content) => content[..Math.Min(content.Length, BinaryProbe)].Contains((byte)0);

    /// <summary>The bytes of another text in this file's encoding; null when a character can't be written in it.</summary>
    public byte[]? Encode(string text)
    {
        var bytes = Encoding.GetBytes(text);
        return Encoding.GetString(bytes) != text ? null : HasMark ? [.. Encoding.GetPreamble(), .. bytes] : bytes;
    }

    /// <summary>Lines without their ends; a last empty one is not a line.</summary>
    public static string[] Lines(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            lines[i] = lines[i].TrimEnd('\r');
        return lines is [.., ""] ? lines[..^1] : lines;
    }

    private static TextFile? Marked(byte[] content, int mark, Encoding encoding)
    {
        var file = new TextFile(encoding.GetString(content.AsSpan(mark)), encoding, HasMark: true);
        return file.Encode(file.Text) is { } same && same.AsSpan().SequenceEqual(content) ? file : null;
    }
}
