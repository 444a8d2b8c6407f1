using Navi.Cli.Api;

namespace Navi.Cli.Connect;

/// <summary>A NAVI to talk to, and the host behind it when this process runs it.</summary>
internal sealed class Connection(NaviClient client, ConnectionKind kind, LocalHost? host) : IAsyncDisposable
{
    public NaviClient Client { get; } = client;

    public ConnectionKind Kind { get; } = kind;

    /// <summary>Work moves on only while this process lives.</summary>
    public bool IsInProcess => Kind == ConnectionKind.InProcess;

    /// <summary>NAVI sees the directories of this machine.</summary>
    public bool IsLocal => Kind != ConnectionKind.Remote;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (host is not null)
            await host.DisposeAsync();
    }
}
