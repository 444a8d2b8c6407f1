using Navi.Cli.Api;
using Navi.Cli.Places;
using Navi.Cli.Settings;
using Navi.Cli.SignIn;

namespace Navi.Cli.Connect;

/// <summary>Finds a NAVI: the one that is set, else a running <c>navi up</c>, else a host inside this process.</summary>
internal sealed class Connector(CliContext context)
{
    // A command ends soon after its task; nobody waits long at a prompt for work that another process can take over.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(3);

    /// <summary>The address that --url, NAVI_URL or the file names; null for a NAVI on this machine.</summary>
    public static Uri? Given(CliContext context) => context.Settings[SettingCatalog.Url] is { } url ? new Uri(url) : null;

    /// <param name="movesWork">The command wants work to move on, so a host inside this process runs workers.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CliException">NAVI or its database can't be reached or started.</exception>
    public async Task<Connection> ConnectAsync(bool movesWork, CancellationToken cancellation)
    {
        if (Given(context) is { } given)
            return new Connection(Client(given), ConnectionKind.Remote, null);
        if (await RunningAsync(cancellation) is { } running)
            return new Connection(running, ConnectionKind.RunningLocal, null);
        var host = await LocalHost.StartAsync(context, new LocalHostOptions("http://127.0.0.1:0", movesWork, Drain), cancellation);
        return new Connection(new NaviClient(host.Address, new FixedToken(host.Token), context.RequestTimeout), ConnectionKind.InProcess, host);
    }

    /// <summary>A NAVI that runs already; null when there is none. Starts nothing.</summary>
    public async Task<NaviClient?> FindAsync(CancellationToken cancellation) => Given(context) is { } given ? Client(given) : await RunningAsync(cancellation);

    private async Task<NaviClient?> RunningAsync(CancellationToken cancellation)
    {
        var database = RunFiles.DatabaseName(LocalHost.GivenDatabase(context));
        foreach (var run in RunFiles.Alive(context.Places).Where(r => r.Database == database))
        {
            var client = Client(new Uri(run.Url));
            if (await client.IsAliveAsync(cancellation))
                return client;
            client.Dispose();
        }
        return null;
    }

    private NaviClient Client(Uri server) => new(server, TokenSources.For(context, server), context.RequestTimeout);
}
