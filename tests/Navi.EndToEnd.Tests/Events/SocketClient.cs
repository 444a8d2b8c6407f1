using System.Net.Sockets;
using System.Text;

namespace Navi.EndToEnd.Tests.Events;

/// <summary>A client of event streams on bare sockets, whose connections end after any byte; it comes back with the number of the last whole event.</summary>
internal sealed class SocketClient(Guid task, string token, Action<SeenEvent> seen)
{
    private readonly byte[] buffer = new byte[16_384];

    /// <summary>Number of the last event that was whole.</summary>
    public long Last { get; private set; }

    /// <summary>The task's last event has come.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Connections cut by this client inside a line of the stream.</summary>
    public int CutsInsideALine { get; private set; }

    /// <summary>Connections cut by this client before the answer's head was complete.</summary>
    public int CutsInsideTheHead { get; private set; }

    /// <summary>Opens a connection and sends the request, and no more.</summary>
    public static async Task<Socket> AskAsync(Uri address, Guid task, string token, long last, int receiveBuffer = 65_536)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = receiveBuffer, NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var resume = last > 0 ? $"Last-Event-ID: {last}\r\n" : "";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /v1/tasks/{task}/events HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\n{resume}\r\n"));
        return socket;
    }

    /// <summary>Follows until <paramref name="bytes"/> bytes of the answer have come, and then cuts; true when it has cut, false when the other side ended it or the task.</summary>
    /// <param name="address">Where NAVI listens.</param>
    /// <param name="bytes">How many bytes of the answer are taken.</param>
    /// <param name="reset">Cut by a reset instead of an orderly end.</param>
    /// <param name="until">Number of the event after which it cuts, too.</param>
    public async Task<bool> FollowAsync(Uri address, int bytes, bool reset, long until = long.MaxValue)
    {
        try
        {
            using var limit = new CancellationTokenSource(Navi.Testing.Wait.Patience);
            using var socket = await AskAsync(address, task, token, Last);
            socket.LingerState = reset ? new LingerOption(true, 0) : new LingerOption(false, 0);
            var lines = new EventLineReader(Note);
            var answer = new ChunkDecoder(lines.Take);
            for (var taken = 0; taken < bytes && Last < until && !IsFinished && !answer.IsOver;)
            {
                var count = await socket.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, bytes - taken)), limit.Token);
                if (count == 0)
                    return false;
                taken += count;
                for (var at = 0; at < count && !answer.IsOver; at++)
                    answer.Take(buffer[at]);
            }
            Assert.True(answer.Status is 0 or 200, $"NAVI answered {answer.Status}.");
            if (answer.Status == 0)
                CutsInsideTheHead++;
            else if (lines.IsInsideALine)
                CutsInsideALine++;
            return !IsFinished && !answer.IsOver;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Note(SeenEvent item)
    {
        Last = item.Id;
        IsFinished = item.Type == "task_finished";
        seen(item);
    }
}
