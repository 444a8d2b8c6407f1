using Dapper;
using Navi.Platform.Data;
using OpenIddict.Abstractions;

namespace Navi.Platform.Security.Issuer;

/// <summary>Removes what is over: tokens and sign-ins that can't be used any more, sessions, links. Safe to run anywhere, any number of times.</summary>
public sealed class IssuerUpkeep(NaviDatabase database, IOpenIddictTokenManager tokens, IOpenIddictAuthorizationManager authorizations)
{
    // Long enough for whoever asks what became of a token; a revoked access token must be remembered as such while it could still be shown.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>Returns how many rows were removed.</summary>
    /// <param name="now">The moment, for OpenIddict's rows.</param>
    /// <param name="cancellation">Stops; the rest is removed another time.</param>
    public async Task<long> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        long removed = await database.RunAsync(Scope.System, c => c.ExecuteAsync(
            """
            DELETE FROM navi.browser_sessions WHERE expires_at < now();
            DELETE FROM navi.signin_links WHERE expires_at < now() - interval '1 day';
            DELETE FROM navi.external_signins WHERE expires_at < now();
            """), cancellation);
        removed += await tokens.PruneAsync(now - Kept, cancellation);
        return removed + await authorizations.PruneAsync(now - Kept, cancellation);
    }
}
