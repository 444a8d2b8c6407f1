using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Navi.Testing.Postgres;

/// <summary>
/// The network between a client and PostgreSQL, which a test can break: it listens on a free port of 127.0.0.1, drops connections, holds
/// everything back, or loses the server's word that something was committed.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint server;
    private readonly ConcurrentDictionary<ProxiedConnection, Task> open = new();
    private readonly Lock held = new();
    private readonly Task accepting;
    private TaskCompletionSource? frozen;
    private Loss? loss;

    private PostgresProxy(NpgsqlConnectionStringBuilder given)
    {
        // A directory as host is that of the server's Unix socket.
        server = given.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint($"{given.Host}/.s.PGSQL.{given.Port}") : new DnsEndPoint(given.Host, given.Port, AddressFamily.InterNetwork);
        listener.Start();
        (given.Host, given.Port) = ("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        // The proxy reads along.
        (given.SslMode, given.GssEncryptionMode) = (SslMode.Disable, GssEncryptionMode.Disable);
        ConnectionString = given.ConnectionString;
        accepting = AcceptAsync();
    }

    /// <summary>The way to the server through this proxy.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a proxy.</summary>
    /// <param name="connectionString">Of the server: a Unix socket's directory or an address, without TLS.</param>
    public static PostgresProxy Start(string connectionString) => new(new NpgsqlConnectionStringBuilder(connectionString));

    /// <summary>Closes every open connection on both sides.</summary>
    public void DropAll()
    {
        foreach (var connection in open.Keys)
            connection.Dispose();
    }

    /// <summary>Hands nothing on in either direction until <see cref="Thaw"/>; connections stay open on both sides.</summary>
    public void Freeze()
    {
        lock (held)
            frozen ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Hands on again, first of all what was held back.</summary>
    public void Thaw()
    {
        lock (held)
        {
            frozen?.SetResult();
            frozen = null;
        }
    }

    /// <summary>
    /// Arms the proxy: the next time the server answers that a transaction of this kind is committed, that answer is lost and its connection closed.
    /// </summary>
    /// <param name="which">Tells by the transaction's SQL whether it is meant.</param>
    /// <param name="meanwhile">Done when the answer has come and nobody has heard it.</param>
    /// <returns>Ends when it has happened, with the SQL of the transaction.</returns>
    public Task<string> LoseNextCommitAsync(Func<string, bool> which, Action? meanwhile = null)
    {
        var armed = new Loss(which, meanwhile, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (held)
            loss = armed;
        return armed.Happened.Task;
    }

    /// <summary>Takes back what <see cref="LoseNextCommitAsync"/> has armed, when it has not happened. Answers whether it was still armed.</summary>
    public bool Disarm()
    {
        lock (held)
        {
            var armed = loss is not null;
            loss = null;
            return armed;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Disarm();
        Thaw();
        listener.Stop();
        await accepting;
        DropAll();
        await Task.WhenAll(open.Values);
        listener.Dispose();
    }

    internal Task ThawedAsync()
    {
        lock (held)
            return frozen?.Task ?? Task.CompletedTask;
    }

    internal bool Loses(string committed)
    {
        Loss armed;
        lock (held)
        {
            if (loss is null || !loss.Which(committed))
                return false;
            armed = loss;
            loss = null;
        }
        armed.Meanwhile?.Invoke();
        armed.Happened.SetResult(committed);
        return true;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            client.NoDelay = true;
            var connection = new ProxiedConnection(this, client, server);
            var running = connection.RunAsync();
            open[connection] = running;
            _ = running.ContinueWith(_ => open.TryRemove(connection, out Task? _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private sealed record Loss(Func<string, bool> Which, Action? Meanwhile, TaskCompletionSource<string> Happened);
}
