using System.Globalization;
using System.Text;

namespace Navi.EndToEnd.Tests.Events;

/// <summary>Takes an HTTP/1.1 answer apart byte by byte: status, head, and a body in chunks (RFC 9112, 7.1).</summary>
internal sealed class ChunkDecoder(Action<byte> body)
{
    private readonly List<byte> head = [];
    private readonly List<byte> size = [];
    private long left;
    private bool inBody;

    /// <summary>HTTP status; 0 while the head is not complete.</summary>
    public int Status { get; private set; }

    /// <summary>The last chunk has come, or the answer has no body.</summary>
    public bool IsOver { get; private set; }

    public void Take(byte value)
    {
        if (!inBody)
            TakeHead(value);
        else if (left > 0)
        {
            left--;
            body(value);
        }
        else
            TakeSize(value);
    }

    private void TakeHead(byte value)
    {
        head.Add(value);
        if (value != '\n' || head.Count < 4 || head[^3] != '\n')
            return;
        Status = int.Parse(Encoding.ASCII.GetString([.. head.Skip(9).Take(3)]), CultureInfo.InvariantCulture);
        inBody = true;
        IsOver = Status != 200;
    }

    private void TakeSize(byte value)
    {
        if (value == '\r')
            return;
        if (value != '\n')
        {
            size.Add(value);
            return;
        }
        // The line break after a chunk leaves an empty line before the next size.
        if (size.Count == 0)
            return;
        left = long.Parse(Encoding.ASCII.GetString([.. size]), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        size.Clear();
        IsOver = left == 0;
    }
}
