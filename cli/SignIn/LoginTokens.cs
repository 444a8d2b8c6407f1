namespace Navi.Cli.SignIn;

/// <summary>The token of a person who signed in; renewed before it ends or when NAVI refuses it.</summary>
internal sealed class LoginTokens(LoginFile file, Uri server, TimeSpan limit) : ITokenSource
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    public async Task<string?> GetAsync(CancellationToken cancellation)
    {
        if (file.Read(server) is not { } login)
            return null;
        return login.ExpiresAt - TimeProvider.System.GetUtcNow() > Margin ? login.AccessToken : await RenewAsync(login.AccessToken, cancellation) ?? throw Ended();
    }

    public async Task<string?> RenewAsync(string refused, CancellationToken cancellation)
    {
        using var held = await file.LockAsync(cancellation);
        // Another process may have renewed it while this one waited.
        if (file.Read(server) is not { } login)
            return null;
        if (login.AccessToken != refused)
            return login.AccessToken;
        if (login.RefreshToken is not { } refresh)
            return null;
        using var oauth = new OAuthClient(server, limit);
        try
        {
            var renewed = (await oauth.RefreshAsync(login.ClientId, refresh, cancellation)).ToLogin(login.ClientId, refresh);
            file.Write(server, renewed);
            return renewed.AccessToken;
        }
        catch (OAuthException e) when (e.Error == "invalid_grant")
        {
            file.Delete(server);
            throw Ended();
        }
        catch (OAuthException e)
        {
            throw new CliException(ExitCodes.Ended, $"The sign-in at {server} can't be renewed: {e.Message}", e);
        }
    }

    private CliException Ended() => new(ExitCodes.Ended, $"The sign-in at {server} has ended. Sign in again: {Output.Invocation.Name} login --url {server}");
}
