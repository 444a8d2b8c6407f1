using System.Text;
using Navi.Agent.Sandbox;

namespace Navi.Agent.Tests.Sandbox;

/// <summary>The bound on memory is measured on this thread alone: what other tests allocate meanwhile is not the collector's.</summary>
public sealed class OutputCollectorTests
{
    [Fact]
    public void Read_Flood_AllocatesNoMoreThanItsBound()
    {
        var collector = new OutputCollector(10_000);
        using var flood = new Flood(200_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = collector.ReadAsync(flood);
        Assert.True(reading.IsCompletedSuccessfully);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Contains("199990000 bytes of output left out", collector.Text(), StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(collector.Text()), 10_000, 10_100);
    }

    /// <summary>Gives a number of bytes at once, so that reading never leaves the thread.</summary>
    private sealed class Flood(long size) : Stream
    {
        private long left = size;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, left);
            Array.Fill(buffer, (byte)'x', offset, given);
            left -= given;
            return given;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var given = (int)Math.Min(buffer.Length, left);
            buffer.Span[..given].Fill((byte)'x');
            left -= given;
            return ValueTask.FromResult(given);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
