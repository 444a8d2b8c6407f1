using System.Net;
using System.Net.Sockets;

namespace Navi.Testing.Postgres;

/// <summary>One connection through the proxy: what either side sends is looked at and handed on; when one side ends, so does the other.</summary>
internal sealed class ProxiedConnection(PostgresProxy proxy, Socket client, EndPoint server) : IDisposable
{
    private readonly CommitWatch watch = new();
    private readonly Socket upstream = new(server.AddressFamily == AddressFamily.Unspecified ? AddressFamily.InterNetwork : server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>Hands on until one of both ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            await upstream.ConnectAsync(server);
            var asked = new MessageFrames(untypedFirst: true);
            var answered = new MessageFrames(untypedFirst: false);
            await Task.WhenAny(
                PumpAsync(client, upstream, bytes =>
                {
                    asked.Read(bytes.Span, watch.Asked);
                    return true;
                }),
                PumpAsync(upstream, client, bytes =>
                {
                    string? committed = null;
                    answered.Read(bytes.Span, (type, body) => committed = watch.Answered(type, body) ?? committed);
                    return committed is null || !proxy.Loses(committed);
                }));
        }
        catch (SocketException)
        {
            // The server does not listen: the client sees its connection end.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        upstream.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, bool> passes)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None) is > 0 and var length)
            {
                if (!passes(buffer.AsMemory(0, length)))
                    return;
                await proxy.ThawedAsync();
                for (var sent = 0; sent < length;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), SocketFlags.None);
            }
            // A partition hides the end of a connection, too.
            await proxy.ThawedAsync();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side is gone.
        }
    }
}
