using Dapper;
using Navi.Platform.Data;

namespace Navi.Platform.Security.Issuer.Tokens;

/// <summary>Sign-ins, each with the tokens that follow from it.</summary>
internal sealed class SignIns(NaviDatabase database)
{
    /// <summary>Takes the one right to redeem a token; false when somebody has it.</summary>
    public async Task<bool> ClaimAsync(Guid token, CancellationToken cancellation) => await database.RunAsync(
        Scope.System, c => c.ExecuteAsync("UPDATE navi.issuer_tokens SET claimed_at = now() WHERE id = @token AND claimed_at IS NULL AND status = 'valid'", new { token }), cancellation) == 1;

    /// <summary>Ends a sign-in; none of its tokens holds any longer, nor one that is being made at this moment.</summary>
    public Task EndAsync(Guid signIn, CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.ExecuteAsync(
        """
        UPDATE navi.issuer_authorizations SET status = 'revoked' WHERE id = @signIn;
        UPDATE navi.issuer_tokens SET status = 'revoked' WHERE authorization_id = @signIn AND status = 'valid';
        """, new { signIn }), cancellation);
}
