using System.Buffers;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Tasks.Events.Streams;

namespace Navi.Functions.Tasks.Events;

/// <summary>Writes a feed as server-sent events until the task's last event, or for three minutes.</summary>
/// <param name="feed">The events.</param>
/// <param name="ending">Number of the last event there will be, when the task has ended; null while it has not.</param>
/// <param name="time">The clock of heartbeats and bounds.</param>
internal sealed class EventStream(TaskEventFeed feed, long? ending, TimeProvider time)
{
    private const string LastType = "task_finished";

    /// <summary>Hosts cut long answers (about four minutes on Azure): the stream ends well before, the client resumes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Longest silence. Proxies and clients count on a sign of life every 15 seconds; this leaves some for the way.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take nothing before it is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int WriteSize = 16 * 1024;
    private static readonly TimeSpan Reconnection = TimeSpan.FromSeconds(1);
    private readonly ArrayBufferWriter<byte> frames = new();

    /// <summary>True when the stream came to its end; false when the client takes nothing, and its connection must be cut.</summary>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async Task<bool> RunAsync(Stream to, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var left = Longest;
        if (!await WriteAsync(to, EventFrame.Retry(Reconnection), cancellation))
            return false;
        for (; left > TimeSpan.Zero; left = Longest - time.GetElapsedTime(began))
        {
            var items = await feed.NextAsync(left < Heartbeat ? left : Heartbeat, cancellation);
            if (!(items.Count == 0 ? await WriteAsync(to, EventFrame.Alive, cancellation) : await WriteAsync(to, items, cancellation)))
                return false;
            if (IsOver(items))
                break;
        }
        return true;
    }

    private bool IsOver(IReadOnlyList<TaskEvent> items) => ending is { } last ? feed.Last >= last : items.Any(e => e.Type == LastType);

    // In small parts: what a slow client holds up stays small, too.
    private async Task<bool> WriteAsync(Stream to, IReadOnlyList<TaskEvent> items, CancellationToken cancellation)
    {
        foreach (var (index, item) in items.Index())
        {
            EventFrame.Write(frames, item);
            if (frames.WrittenCount < WriteSize && index < items.Count - 1)
                continue;
            if (!await WriteAsync(to, frames.WrittenMemory, cancellation))
                return false;
            frames.ResetWrittenCount();
        }
        return true;
    }

    private async Task<bool> WriteAsync(Stream to, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await to.WriteAsync(bytes, either.Token);
            await to.FlushAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
