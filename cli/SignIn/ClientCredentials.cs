namespace Navi.Cli.SignIn;

/// <summary>The token of a service client, for CI: asked for once per command, kept in memory alone.</summary>
internal sealed class ClientCredentials(Uri server, string clientId, string secret, TimeSpan limit) : ITokenSource
{
    private string? token;

    public async Task<string?> GetAsync(CancellationToken cancellation) => token ??= await AskAsync(cancellation);

    public async Task<string?> RenewAsync(string refused, CancellationToken cancellation) => token = await AskAsync(cancellation);

    private async Task<string> AskAsync(CancellationToken cancellation)
    {
        using var oauth = new OAuthClient(server, limit);
        try
        {
            return (await oauth.ClientCredentialsAsync(clientId, secret, cancellation)).AccessToken;
        }
        catch (OAuthException e)
        {
            throw new CliException(ExitCodes.Ended, $"NAVI at {server} refuses the service client '{clientId}': {e.Message} Check NAVI_CLIENT_ID and NAVI_CLIENT_SECRET.", e);
        }
    }
}
