using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Navi.Platform.Security.Identity.Issuers;

/// <summary>An OpenID Connect issuer. Its keys come from its discovery document (OpenID Connect Discovery 1.0); a key id that they lack makes them be read again.</summary>
internal sealed class ExternalIssuer(IssuerConnection connection) : ITokenIssuer
{
    private static readonly string[] IdTokenMarks = ["nonce", "at_hash", "c_hash"];

    private readonly IssuerEntry entry = connection.Entry;
    private readonly IssuerKeys keys = connection.Keys;
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    public bool Claims(string issuer) => issuer.TrimEnd('/') == entry.Authority.TrimEnd('/');

    public async Task<Principal?> ValidateAsync(string token, CancellationToken cancellation)
    {
        var outcome = await TryAsync(token, cancellation);
        if (outcome.Exception is SecurityTokenSignatureKeyNotFoundException && await keys.RefreshAsync(cancellation))
            outcome = await TryAsync(token, cancellation);
        // What only an ID token has: it says who signed in at a client, and opens nothing (OpenID Connect Core 1.0, 2).
        if (!outcome.IsValid || IdTokenMarks.Any(m => outcome.Claims.ContainsKey(m)))
            return null;
        return ClaimReader.Read(outcome.ClaimsIdentity, (JsonWebToken)outcome.SecurityToken, entry);
    }

    private async Task<TokenValidationResult> TryAsync(string token, CancellationToken cancellation)
    {
        var configuration = await keys.GetAsync(cancellation);
        return await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = entry.Audience,
            IssuerSigningKeys = configuration.SigningKeys,
            // Asymmetric only: a public key must never be taken for a shared secret (RFC 8725, 3.1).
            ValidAlgorithms = TokenAlgorithms.Accepted,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TokenAlgorithms.ClockSkew,
        });
    }
}
