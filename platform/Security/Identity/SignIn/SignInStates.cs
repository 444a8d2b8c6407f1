using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.Issuer;
using Navi.Platform.Security.People;

namespace Navi.Platform.Security.Identity.SignIn;

/// <summary>Remembers sign-ins between the way out and the way back, for any process; each is good once.</summary>
internal sealed class SignInStates(NaviDatabase database, IOptions<IssuerOptions> options)
{
    public Task KeepAsync(Secret state, SignInState begun, CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.ExecuteAsync(
        """
        INSERT INTO navi.external_signins (digest, browser, authority, redirect_uri, nonce, verifier, user_code, expires_at)
        VALUES (@Digest, @Browser, @Authority, @RedirectUri, @Nonce, @Verifier, @UserCode, now() + @LinkLifetime)
        """, new { state.Digest, begun.Browser, begun.Authority, begun.RedirectUri, begun.Nonce, begun.Verifier, begun.UserCode, options.Value.LinkLifetime }), cancellation);

    /// <summary>Uses a sign-in up; null when there is none, it is over, or another browser began it.</summary>
    public Task<SignInState?> TakeAsync(Secret state, Secret browser, CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.QuerySingleOrDefaultAsync<SignInState>(
        "DELETE FROM navi.external_signins WHERE digest = @state AND browser = @browser AND expires_at > now() RETURNING browser, authority, redirect_uri, nonce, verifier, user_code",
        new { state = state.Digest, browser = browser.Digest }), cancellation);
}
