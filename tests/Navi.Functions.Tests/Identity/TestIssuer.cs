using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Navi.Functions.Tests.Identity;

/// <summary>An OpenID Connect issuer on a real socket: discovery, keys, and tokens of any kind.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<RsaSecurityKey> keys = [NewKey()];

    private TestIssuer(WebApplication app)
    {
        this.app = app;
    }

    public string Authority => app.Urls.Single();

    /// <summary>How often the keys were read.</summary>
    public int KeyReads { get; private set; }

    public bool IsSilent { get; set; }

    public RsaSecurityKey Key => keys[^1];

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var issuer = new TestIssuer(app);
        app.MapGet("/.well-known/openid-configuration", () => issuer.IsSilent ? Results.StatusCode(500) : Results.Json(new { issuer = issuer.Authority, jwks_uri = issuer.Authority + "/keys" }));
        app.MapGet("/keys", issuer.Keys);
        await app.StartAsync();
        return issuer;
    }

    public void Rotate() => keys.Add(NewKey());

    public string Token(string organisation = "example", string user = "ada", string[]? roles = null, string? audience = "navi", string? issuer = null, int minutes = 5, SigningCredentials? credentials = null, string? nonce = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Authority, Audience = audience, Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(minutes), NotBefore = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-60),
            Claims = new Dictionary<string, object>(nonce is null ? [] : [KeyValuePair.Create<string, object>("nonce", nonce)]) { ["sub"] = user, ["org"] = organisation, ["roles"] = roles ?? ["caller"] },
            SigningCredentials = credentials ?? new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        });

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Keys()
    {
        KeyReads++;
        return Results.Text(JsonSerializer.Serialize(new { keys = keys.Select(k => new { kty = "RSA", use = "sig", alg = "RS256", kid = k.KeyId, n = Base64UrlEncoder.Encode(k.Rsa.ExportParameters(false).Modulus), e = Base64UrlEncoder.Encode(k.Rsa.ExportParameters(false).Exponent) }) }), "application/json");
    }

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("n") };
}
