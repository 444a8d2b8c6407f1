using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Navi.Functions.Tests.Identity.Issuer.Support;

/// <summary>An OpenID Connect issuer at which people sign in with a browser (Core 1.0, 3.1; RFC 7636): it checks client, redirect, verifier, and that a code is used once.</summary>
internal sealed class SignInIssuer : IAsyncDisposable
{
    public const string ClientId = "navi-at-example";
    public const string ClientSecret = "a secret of the client";
    private readonly WebApplication app;
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" };
    private readonly ConcurrentDictionary<string, IQueryCollection> codes = new();

    private SignInIssuer(WebApplication app) => this.app = app;

    public string Authority => app.Urls.Single();

    /// <summary>What the person's token says; changed by tests.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["sub"] = "ada", ["name"] = "Ada Example", ["org"] = "example", ["roles"] = new[] { "caller", "approver" } };

    /// <summary>In place of the nonce that was asked for; null for the right one.</summary>
    public string? OtherNonce { get; set; }

    public static async Task<SignInIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var issuer = new SignInIssuer(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = issuer.Authority, jwks_uri = issuer.Authority + "/keys", authorization_endpoint = issuer.Authority + "/authorize", token_endpoint = issuer.Authority + "/token",
        }));
        app.MapGet("/keys", issuer.Keys);
        app.MapGet("/authorize", issuer.Authorize);
        app.MapPost("/token", issuer.TokenAsync);
        await app.StartAsync();
        return issuer;
    }

    public Dictionary<string, string?> Settings() => new()
    {
        ["Navi:Identity:Issuers:0:Authority"] = Authority, ["Navi:Identity:Issuers:0:Audience"] = "navi", ["Navi:Identity:Issuers:0:OrganisationClaim"] = "org",
        ["Navi:Identity:Issuers:0:ClientId"] = ClientId, ["Navi:Identity:Issuers:0:ClientSecret"] = ClientSecret,
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || !query["scope"].ToString().Split(' ').Contains("openid"))
            return Results.BadRequest("not a request that this issuer takes");
        var code = Guid.NewGuid().ToString("n");
        codes[code] = query;
        return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var right = codes.TryRemove(form["code"].ToString(), out var asked) && form["grant_type"] == "authorization_code" && form["client_id"] == ClientId && form["client_secret"] == ClientSecret
            && form["redirect_uri"] == asked["redirect_uri"] && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == asked["code_challenge"];
        if (!right)
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Authority, Audience = ClientId, Expires = now.AddMinutes(5), SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>(Claims) { ["nonce"] = OtherNonce ?? asked!["nonce"].ToString() },
        });
        return Results.Json(new { access_token = "for this issuer alone", token_type = "Bearer", id_token = token });
    }

    private IResult Keys()
    {
        var parts = key.Rsa.ExportParameters(false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(parts.Modulus), e = Base64UrlEncoder.Encode(parts.Exponent) } } });
    }
}
