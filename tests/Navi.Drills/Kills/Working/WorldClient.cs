using System.Net;
using System.Net.Sockets;

namespace Navi.Drills.Kills.Working;

/// <summary>A worker's way to the world: the judge outside of workers and database, where effects happen.</summary>
internal sealed class WorldClient : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly TcpClient connection;
    private readonly StreamReader reader;
    private readonly StreamWriter writer;
    private readonly string worker;

    private WorldClient(TcpClient connection, string worker)
    {
        this.connection = connection;
        this.worker = worker;
        (reader, writer) = (new(connection.GetStream()), new(connection.GetStream()) { AutoFlush = true });
    }

    public static async Task<WorldClient> ConnectAsync(int port, string worker)
    {
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(IPAddress.Loopback, port);
        return new WorldClient(connection, worker);
    }

    /// <summary>An attempt begins.</summary>
    public Task BeginAsync(string key) => SayAsync("begin", key);

    /// <summary>The effect happens.</summary>
    public Task EffectAsync(string key) => SayAsync("effect", key);

    /// <summary>A request whose receiver recognises the key and does it once.</summary>
    public Task RequestAsync(string key) => SayAsync("request", key);

    public void Dispose()
    {
        connection.Dispose();
        turn.Dispose();
    }

    private async Task SayAsync(string what, string key)
    {
        await turn.WaitAsync();
        try
        {
            await writer.WriteLineAsync($"{what}|{key}|{worker}");
            if (await reader.ReadLineAsync() is null)
                throw new IOException("The world has ended.");
        }
        finally
        {
            turn.Release();
        }
    }
}
