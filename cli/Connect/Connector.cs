using Navi.Cli.Api;
using Navi.Cli.Places;

namespace Navi.Cli.Connect;

/// <summary>Finds a NAVI: NAVI_URL, else a running <c>navi up</c>, else a host inside this process.</summary>
internal sealed class Connector(CliContext context)
{
    // A command ends soon after its task; nobody waits long at a prompt for work that another process can take over.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(3);

    /// <param name="movesWork">The command wants work to move on, so a host inside this process runs workers.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="CliException">NAVI or its database can't be reached or started.</exception>
    public async Task<Connection> ConnectAsync(bool movesWork, CancellationToken cancellation)
    {
        if (context.Variable("NAVI_URL") is { Length: > 0 } given)
            return Remote(given);
        var database = RunFiles.DatabaseName(LocalHost.GivenDatabase(context));
        foreach (var run in RunFiles.Alive(context.Places).Where(r => r.Database == database))
        {
            var client = new NaviClient(new Uri(run.Url), Token());
            if (await client.IsAliveAsync(cancellation))
                return new Connection(client, ConnectionKind.RunningLocal, null);
            client.Dispose();
        }
        var host = await LocalHost.StartAsync(context, new LocalHostOptions("http://127.0.0.1:0", movesWork, Drain), cancellation);
        return new Connection(new NaviClient(host.Address, host.Token), ConnectionKind.InProcess, host);
    }

    private Connection Remote(string given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new Connection(new NaviClient(address!, Token()), ConnectionKind.Remote, null)
            : throw CliException.Usage($"NAVI_URL is '{given}': it must be an http or https address.");

    private string? Token() => context.Variable("NAVI_TOKEN") is { Length: > 0 } token ? token : LocalToken.Read(context.Places);
}
