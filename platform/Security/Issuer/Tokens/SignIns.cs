using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;

namespace Navi.Platform.Security.Issuer.Tokens;

/// <summary>Sign-ins, each with the tokens that follow from it.</summary>
internal sealed class SignIns(NaviDatabase database, IOptions<IssuerOptions> options)
{
    /// <summary>Takes the one right to redeem a token; false when somebody has it.</summary>
    public async Task<bool> ClaimAsync(Guid token, CancellationToken cancellation) => await database.RunAsync(
        Scope.System, c => c.ExecuteAsync("UPDATE navi.issuer_tokens SET claimed_at = now() WHERE id = @token AND claimed_at IS NULL AND status = 'valid'", new { token }), cancellation) == 1;

    /// <summary>The sign-in of a token that was redeemed before; null when it was not, or there is none.</summary>
    public Task<Guid?> FindClaimedAsync(string reference, CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.ExecuteScalarAsync<Guid?>(
        "SELECT authorization_id FROM navi.issuer_tokens WHERE reference_id = @reference AND claimed_at IS NOT NULL", new { reference }), cancellation);

    /// <summary>Whether a sign-in has lasted as long as any may, by the database's clock.</summary>
    public Task<bool> IsOverAsync(Guid signIn, CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.ExecuteScalarAsync<bool>(
        "SELECT coalesce((SELECT creation_date < now() - @LongestSignIn FROM navi.issuer_authorizations WHERE id = @signIn), true)", new { signIn, options.Value.LongestSignIn }), cancellation);

    /// <summary>Ends a sign-in; none of its tokens holds any longer, nor one that is being made at this moment.</summary>
    public Task EndAsync(Guid signIn, CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.ExecuteAsync(
        """
        UPDATE navi.issuer_authorizations SET status = 'revoked' WHERE id = @signIn;
        UPDATE navi.issuer_tokens SET status = 'revoked' WHERE authorization_id = @signIn AND status = 'valid';
        """, new { signIn }), cancellation);
}
