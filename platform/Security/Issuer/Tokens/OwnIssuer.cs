using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Navi.Platform.Security.Identity;
using Navi.Platform.Security.Identity.Issuers;
using Navi.Platform.Security.SigningKeys;

namespace Navi.Platform.Security.Issuer.Tokens;

/// <summary>Judges access tokens of NAVI's own issuer (RFC 9068): signature by a published key, audience, times, and that the token was not revoked.</summary>
internal sealed class OwnIssuer(IssuerAddress address, SigningKeyRing ring, IssuedTokens issued) : ITokenIssuer
{
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    public bool Claims(string issuer) => address.IsOurs(issuer);

    public async Task<Principal?> ValidateAsync(string token, CancellationToken cancellation)
    {
        var outcome = await TryAsync(token, await ring.GetAsync(cancellation));
        // A key that another process made a moment ago.
        if (outcome.Exception is SecurityTokenSignatureKeyNotFoundException)
            outcome = await TryAsync(token, await ring.RefreshAsync(cancellation));
        if (!outcome.IsValid || !Guid.TryParse(outcome.ClaimsIdentity.FindFirst("oi_tkn_id")?.Value, out var id))
            return null;
        var read = (JsonWebToken)outcome.SecurityToken;
        if (!await issued.IsValidAsync(id, read.ValidTo, cancellation))
            return null;
        var organisation = outcome.ClaimsIdentity.FindFirst(IssuerClaims.Organisation)?.Value ?? "";
        var kind = outcome.ClaimsIdentity.FindFirst(IssuerClaims.Kind)?.Value == Principal.Client ? Principal.Client : Principal.Person;
        return ClaimReader.Read(outcome.ClaimsIdentity, read, organisation, "sub", IssuerClaims.Roles, kind);
    }

    private Task<TokenValidationResult> TryAsync(string token, SigningKeySet keys) => handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        // Whose name it is was judged before; that our key signed it is what counts.
        IssuerValidator = (issuer, _, _) => address.IsOurs(issuer) ? issuer : throw new SecurityTokenInvalidIssuerException($"'{issuer}' is not this issuer."),
        ValidAudience = IssuerClaims.Navi,
        ValidTypes = ["at+jwt"],
        IssuerSigningKeys = keys.Published,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = TokenAlgorithms.ClockSkew,
    });
}
