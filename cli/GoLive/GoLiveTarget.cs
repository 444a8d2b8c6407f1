using Navi.Cli.Api;
using Navi.Cli.SignIn;
using Navi.Platform.Data;
using Navi.Platform.Data.Connections;
using Npgsql;

namespace Navi.Cli.GoLive;

/// <summary>What is looked at: a running NAVI, and what was named beside it.</summary>
internal sealed class GoLiveTarget : IDisposable
{
    private const string WrongToken = "navi-golive-a-token-that-nobody-has";

    public GoLiveTarget(Uri address, ITokenSource tokens, TimeSpan request)
    {
        (Address, Tokens, Request) = (address, tokens, request);
        Anonymous = new ApiTransport(address, new FixedToken(null), request);
        Stranger = new ApiTransport(address, new FixedToken(WrongToken), request);
        Caller = new ApiTransport(address, tokens, request);
        Client = new NaviClient(address, tokens, request);
    }

    public Uri Address { get; }

    public ITokenSource Tokens { get; }

    /// <summary>Most time for one answer.</summary>
    public TimeSpan Request { get; }

    /// <summary>Asks without a token.</summary>
    public ApiTransport Anonymous { get; }

    /// <summary>Asks with a token that is wrong.</summary>
    public ApiTransport Stranger { get; }

    /// <summary>Asks as the operator.</summary>
    public ApiTransport Caller { get; }

    /// <summary>Asks as the operator.</summary>
    public NaviClient Client { get; }

    public MonitoringApi? Prometheus { get; init; }

    public MonitoringApi? Alertmanager { get; init; }

    public MonitoringApi? Grafana { get; init; }

    /// <summary>NAVI's database as NAVI itself signs in there; null when it was not named.</summary>
    public DatabaseOptions? Database { get; init; }

    /// <summary>Server and name of the database, for evidence; null when it was not named.</summary>
    public string? DatabaseName => Database is { } given && new NpgsqlConnectionStringBuilder(given.DirectConnectionString is { Length: > 0 } direct ? direct : given.ConnectionString) is var c ? $"{c.Host}/{c.Database}" : null;

    /// <summary>The directory of this release's documents; null when there is none here.</summary>
    public string? Documents { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>One row of the database.</summary>
    /// <exception cref="GoLiveFailure">It can't be asked.</exception>
    public async Task<T> RowAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation) => (await RowsAsync(sql, read, cancellation))[0];

    /// <summary>Rows of the database.</summary>
    /// <exception cref="GoLiveFailure">It can't be asked.</exception>
    public async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        try
        {
            await using var source = DatabaseConnections.Direct(Database!);
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Math.Ceiling(Request.TotalSeconds) };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation))
                rows.Add(read(reader));
            return rows;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new GoLiveFailure($"the database can't be asked: {e.Message}");
        }
    }

    public void Dispose()
    {
        Anonymous.Dispose();
        Stranger.Dispose();
        Caller.Dispose();
        Client.Dispose();
        Prometheus?.Dispose();
        Alertmanager?.Dispose();
        Grafana?.Dispose();
    }
}
