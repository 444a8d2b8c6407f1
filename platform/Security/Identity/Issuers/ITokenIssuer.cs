namespace Navi.Platform.Security.Identity.Issuers;

/// <summary>Somebody whose tokens are believed.</summary>
public interface ITokenIssuer
{
    /// <summary>Whether a token that claims to be of <paramref name="issuer"/> is this one's to judge.</summary>
    bool Claims(string issuer);

    /// <summary>The caller behind a token; null when the token does not hold.</summary>
    /// <param name="token">A JSON Web Token (RFC 7519).</param>
    /// <param name="cancellation">Cancels waiting for keys.</param>
    Task<Principal?> ValidateAsync(string token, CancellationToken cancellation);
}
