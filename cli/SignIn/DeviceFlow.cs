namespace Navi.Cli.SignIn;

/// <summary>Waits until a person has confirmed the code (RFC 8628 section 3.5).</summary>
internal static class DeviceFlow
{
    private static readonly TimeSpan SlowDown = TimeSpan.FromSeconds(5);

    /// <param name="oauth">The NAVI.</param>
    /// <param name="clientId">Who asks.</param>
    /// <param name="hint">Who is to confirm; null when not known.</param>
    /// <param name="show">Tells the person where to go and what to enter.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CliException">Denied, expired or refused.</exception>
    public static async Task<TokenAnswer> RunAsync(OAuthClient oauth, string clientId, string? hint, Action<DeviceGrant> show, CancellationToken cancellation)
    {
        try
        {
            var grant = await oauth.StartDeviceAsync(clientId, hint, cancellation);
            show(grant);
            return await WaitAsync(oauth, clientId, grant, cancellation);
        }
        catch (OAuthException e)
        {
            throw new CliException(ExitCodes.Ended, e.Error switch
            {
                "access_denied" => "The sign-in was denied.",
                "expired_token" => "The code has expired before it was confirmed. Begin again: navi login",
                "invalid_client" or "unauthorized_client" => $"NAVI does not know the client '{clientId}' or does not let it sign people in: {e.Message}",
                _ => $"The sign-in was refused: {e.Message}",
            }, e);
        }
    }

    private static async Task<TokenAnswer> WaitAsync(OAuthClient oauth, string clientId, DeviceGrant grant, CancellationToken cancellation)
    {
        var interval = TimeSpan.FromSeconds(Math.Max(1, grant.Interval));
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (waited.Elapsed.TotalSeconds < grant.ExpiresIn)
        {
            await Task.Delay(interval, cancellation);
            try
            {
                return await oauth.RedeemAsync(clientId, grant.DeviceCode, cancellation);
            }
            catch (OAuthException e) when (e.Error == "authorization_pending")
            {
                // The person is still on the way.
            }
            catch (OAuthException e) when (e.Error == "slow_down")
            {
                interval += SlowDown;
            }
            catch (Api.UnreachableException)
            {
                // RFC 8628 asks for a longer interval after a time-out; the code stays good.
                interval += SlowDown;
            }
        }
        throw new OAuthException("expired_token", null);
    }
}
