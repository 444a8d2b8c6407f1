using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Navi.Platform.Security.Identity.Issuers;
using Navi.Platform.Security.People;

namespace Navi.Platform.Security.Identity.SignIn;

/// <summary>Signs a person in at an issuer outside: authorization code (OpenID Connect Core 1.0, 3.1) with PKCE (RFC 7636), bound to the browser that began it.</summary>
public sealed class ExternalSignIn
{
    private readonly IssuerConnections connections;
    private readonly SignInStates states;
    private readonly UserStore users;
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    internal ExternalSignIn(IssuerConnections connections, SignInStates states, UserStore users)
    {
        this.connections = connections;
        this.states = states;
        this.users = users;
    }

    /// <summary>Where to send the browser; null when nobody signs in at an issuer of this number.</summary>
    /// <param name="number">The issuer's number in the configuration.</param>
    /// <param name="redirect">Where the issuer sends the browser back to.</param>
    /// <param name="browser">What this browser alone knows.</param>
    /// <param name="userCode">The device's code to go on with; null for none.</param>
    /// <param name="cancellation">Cancels waiting for the issuer.</param>
    /// <exception cref="IdentityUnavailableException">The issuer does not answer.</exception>
    public async Task<Uri?> BeginAsync(int number, Uri redirect, Secret browser, string? userCode, CancellationToken cancellation)
    {
        if (connections.All.ElementAtOrDefault(number) is not { Entry.SignsIn: true } connection)
            return null;
        var endpoint = (await Reach(() => connection.Keys.GetAsync(cancellation), cancellation)).AuthorizationEndpoint ?? throw Lacks("authorization_endpoint");
        var (state, nonce, verifier) = (Secret.New(), Secret.New().Value, Secret.New().Value);
        await states.KeepAsync(state, new SignInState(browser.Digest, connection.Entry.Authority, redirect.AbsoluteUri, nonce, verifier, userCode), cancellation);
        return new Uri(QueryHelpers.AddQueryString(endpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = connection.Entry.ClientId, ["redirect_uri"] = redirect.AbsoluteUri, ["scope"] = connection.Entry.Scope,
            ["state"] = state.Value, ["nonce"] = nonce, ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), ["code_challenge_method"] = "S256",
        }));
    }

    /// <summary>Who came back, and with which device's code; null when the answer does not belong to a sign-in of this browser, or does not hold.</summary>
    /// <param name="state">The issuer's <c>state</c>, used up whatever follows.</param>
    /// <param name="code">The issuer's <c>code</c>.</param>
    /// <param name="browser">What this browser alone knows.</param>
    /// <param name="cancellation">Cancels waiting for the issuer.</param>
    /// <exception cref="IdentityUnavailableException">The issuer does not answer.</exception>
    public async Task<(UserRow Person, string? UserCode)?> FinishAsync(Secret state, string code, Secret browser, CancellationToken cancellation)
    {
        if (await states.TakeAsync(state, browser, cancellation) is not { } begun || connections.All.FirstOrDefault(c => c.Entry.SignsIn && c.Entry.Authority == begun.Authority) is not { } connection)
            return null;
        if (await RedeemAsync(connection, begun, code, cancellation) is not { } token || await ReadAsync(connection, token, begun.Nonce, cancellation) is not { } principal)
            return null;
        return await users.NoteAsync(principal, begun.Authority, cancellation) is { } person ? (person, begun.UserCode) : null;
    }

    private static async Task<string?> RedeemAsync(IssuerConnection connection, SignInState begun, string code, CancellationToken cancellation)
    {
        var endpoint = (await Reach(() => connection.Keys.GetAsync(cancellation), cancellation)).TokenEndpoint ?? throw Lacks("token_endpoint");
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = begun.RedirectUri, ["client_id"] = connection.Entry.ClientId, ["code_verifier"] = begun.Verifier,
        };
        if (connection.Entry.ClientSecret.Length > 0)
            form["client_secret"] = connection.Entry.ClientSecret;
        using var content = new FormUrlEncodedContent(form);
        using var answer = await Reach(() => connection.Http.PostAsync(endpoint, content, cancellation), cancellation);
        if ((int)answer.StatusCode >= 500)
            throw new IdentityUnavailableException("The issuer can't redeem the code now.", new HttpRequestException(null, null, answer.StatusCode));
        if (!answer.IsSuccessStatusCode)
            return null;
        var document = await Reach(() => answer.Content.ReadFromJsonAsync<JsonElement>(cancellation), cancellation);
        return document.ValueKind == JsonValueKind.Object && document.TryGetProperty("id_token", out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null;
    }

    private async Task<Principal?> ReadAsync(IssuerConnection connection, string token, string nonce, CancellationToken cancellation)
    {
        var outcome = await TryAsync(connection, token, cancellation);
        if (outcome.Exception is SecurityTokenSignatureKeyNotFoundException && await Reach(() => connection.Keys.RefreshAsync(cancellation), cancellation))
            outcome = await TryAsync(connection, token, cancellation);
        if (!outcome.IsValid || outcome.ClaimsIdentity.FindFirst("nonce")?.Value != nonce)
            return null;
        // An id that no address can name could not be disabled either.
        var principal = ClaimReader.Read(outcome.ClaimsIdentity, (JsonWebToken)outcome.SecurityToken, connection.Entry);
        return principal is not null && principal.User.Any(c => c == '/' || char.IsControl(c)) ? null : principal;
    }

    private async Task<TokenValidationResult> TryAsync(IssuerConnection connection, string token, CancellationToken cancellation)
    {
        var configuration = await Reach(() => connection.Keys.GetAsync(cancellation), cancellation);
        return await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = connection.Entry.ClientId,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidAlgorithms = TokenAlgorithms.Accepted,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TokenAlgorithms.ClockSkew,
        });
    }

    private static IdentityUnavailableException Lacks(string member) =>
        new($"The issuer's discovery document has no {member}.", new InvalidOperationException(member));

    private static async Task<T> Reach<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or JsonException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new IdentityUnavailableException("The issuer does not answer.", e);
        }
    }
}
