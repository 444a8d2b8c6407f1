using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Navi.Platform.Security.Identity.Issuers;

namespace Navi.Platform.Security.Identity;

/// <summary>Tells who a bearer token stands for: a configured token, or a JSON Web Token of an issuer that is believed.</summary>
public sealed partial class BearerAuthenticator(TokenAuthenticator configured, IEnumerable<ITokenIssuer> issuers, ILogger<BearerAuthenticator> logger)
{
    private const string Scheme = "Bearer ";
    private const int LongestToken = 16_384;
    private readonly ITokenIssuer[] issuers = [.. issuers];
    private readonly JsonWebTokenHandler reader = new() { MaximumTokenSizeInBytes = LongestToken };

    /// <summary>The caller behind an <c>Authorization</c> header; null when there is none.</summary>
    /// <exception cref="IdentityUnavailableException">The issuer's keys can't be read; the token may be good.</exception>
    public async Task<Principal?> AuthenticateAsync(string? authorization, CancellationToken cancellation)
    {
        if (configured.Authenticate(authorization) is { } known)
            return known;
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var token = authorization[Scheme.Length..].Trim();
        if (IssuerOf(token) is not { } name || issuers.FirstOrDefault(i => i.Claims(name)) is not { } issuer)
            return null;
        try
        {
            return await issuer.ValidateAsync(token, cancellation);
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or Azure.RequestFailedException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            LogUnavailable(e, name);
            throw new IdentityUnavailableException("The issuer's keys can't be read.", e);
        }
    }

    // Only to find who must judge it; nothing else of an unproven token is read.
    private string? IssuerOf(string token)
    {
        try
        {
            return token.Length <= LongestToken && reader.CanReadToken(token) ? reader.ReadJsonWebToken(token).Issuer : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(4201, LogLevel.Warning, "The keys of the issuer {Issuer} can't be read.")]
    private partial void LogUnavailable(Exception exception, string issuer);
}
