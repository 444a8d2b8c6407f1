using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Navi.Platform.Security.Issuer;

/// <summary>Removes what is over: tokens and sign-ins that can't be used any more, sessions, links. Safe to run anywhere, any number of times.</summary>
public sealed class IssuerUpkeep(NaviDatabase database, IOpenIddictTokenManager tokens, IOpenIddictAuthorizationManager authorizations, IOptions<IssuerOptions> options)
{
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

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
            -- Devices for which nobody answered: anybody may begin one, so they do not stay.
            DELETE FROM navi.issuer_tokens WHERE type = ANY (@codes) AND expiration_date < now() - interval '1 hour';
            DELETE FROM navi.issuer_authorizations a WHERE creation_date < now() - interval '1 day' AND NOT EXISTS (SELECT FROM navi.issuer_tokens t WHERE t.authorization_id = a.id);
            """, new { codes = new[] { TokenTypeIdentifiers.Private.DeviceCode, TokenTypeIdentifiers.Private.UserCode } }), cancellation);
        // A refresh token that was redeemed is remembered for as long as it could be sent again: a second holder must be seen.
        var threshold = now - options.Value.RefreshTokenLifetime - Margin;
        removed += await tokens.PruneAsync(threshold, cancellation);
        return removed + await authorizations.PruneAsync(threshold, cancellation);
    }
}
