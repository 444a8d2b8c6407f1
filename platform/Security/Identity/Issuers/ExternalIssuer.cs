using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;

namespace Navi.Platform.Security.Identity.Issuers;

/// <summary>An OpenID Connect issuer. Its keys come from its discovery document (OpenID Connect Discovery 1.0); a key id that they lack makes them be read again.</summary>
internal sealed class ExternalIssuer : ITokenIssuer, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly IssuerEntry entry;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience }) { Timeout = Patience, MaxResponseContentBufferSize = 1 << 20 };
    private readonly IssuerKeys keys;
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    public ExternalIssuer(IssuerEntry entry, TimeProvider time)
    {
        this.entry = entry;
        var address = entry.Authority.TrimEnd('/') + "/.well-known/openid-configuration";
        // Plain http was refused at start for everything but this machine.
        var retriever = new HttpDocumentRetriever(http) { RequireHttps = !entry.Authority.StartsWith("http://", StringComparison.OrdinalIgnoreCase) };
        keys = new IssuerKeys(address, retriever, time);
    }

    public bool Claims(string issuer) => issuer.TrimEnd('/') == entry.Authority.TrimEnd('/');

    public async Task<Principal?> ValidateAsync(string token, CancellationToken cancellation)
    {
        var outcome = await TryAsync(token, cancellation);
        if (outcome.Exception is SecurityTokenSignatureKeyNotFoundException && await keys.RefreshAsync(cancellation))
            outcome = await TryAsync(token, cancellation);
        if (!outcome.IsValid)
            return null;
        var organisation = entry.Organisation.Length > 0 ? entry.Organisation : outcome.ClaimsIdentity.FindFirst(entry.OrganisationClaim)?.Value ?? "";
        return ClaimReader.Read(outcome.ClaimsIdentity, (JsonWebToken)outcome.SecurityToken, organisation, entry.UserClaim, entry.RolesClaim, Principal.Person);
    }

    public void Dispose()
    {
        keys.Dispose();
        http.Dispose();
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
