using System.Text;

namespace Navi.Agent.Sandbox;

/// <summary>Keeps the head and the tail of a stream in bounded memory, and counts what was between.</summary>
internal sealed class OutputCollector(int limit)
{
    private readonly byte[] head = new byte[limit / 2];
    private readonly byte[] tail = new byte[limit - limit / 2];
    private readonly Lock gate = new();
    private long total;

    public async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            int read;
            try
            {
                read = await stream.ReadAsync(buffer);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return;
            }

            if (read == 0)
                return;
            Add(buffer.AsSpan(0, read));
        }
    }

    /// <summary>UTF-8; bytes that are not become U+FFFD, NUL characters are dropped.</summary>
    public string Text()
    {
        lock (gate)
        {
            if (total <= head.Length)
                return Decode(head.AsSpan(0, (int)total));
            var kept = (int)Math.Min(tail.Length, total - head.Length);
            var start = (total - head.Length - kept) % tail.Length;
            var last = new byte[kept];
            for (var i = 0; i < kept; i++)
                last[i] = tail[(start + i) % tail.Length];
            var left = total - head.Length - kept;
            return left == 0
                ? Decode([.. head, .. last])
                : $"{Decode(head)}\n[... {left} bytes of output left out ...]\n{Decode(last)}";
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (total < head.Length)
            {
                var first = bytes[..(int)Math.Min(bytes.Length, head.Length - total)];
                first.CopyTo(head.AsSpan((int)total));
                total += first.Length;
                bytes = bytes[first.Length..];
            }

            while (!bytes.IsEmpty)
            {
                var at = (int)((total - head.Length) % tail.Length);
                var part = bytes[..Math.Min(bytes.Length, tail.Length - at)];
                part.CopyTo(tail.AsSpan(at));
                total += part.Length;
                bytes = bytes[part.Length..];
            }
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
}
