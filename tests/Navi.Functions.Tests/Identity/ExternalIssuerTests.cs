using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Identity;

/// <summary>Tokens of an issuer outside: the good one passes, and each way of being bad is refused.</summary>
public sealed class ExternalIssuerTests
{
    [Fact]
    public async Task Token_OfTheIssuer_IsItsCallerWithTheRolesOfItsClaims()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var navi = await StartAsync(issuer);
        var (status, me) = await MeAsync(navi, issuer.Token(roles: ["admin", "made-up"]));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("ada", "example", "person", issuer.Authority), (Text("user"), Text("organisation"), Text("kind"), Text("issuer")));
        Assert.Equal(["admin", "auditor", "caller", "operator", "viewer"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));

        string? Text(string name) => me.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Token_WithAnythingWrong_IsRefused()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var stranger = await TestIssuer.StartAsync();
        await using var navi = await StartAsync(issuer);
        var publicKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(issuer.Key.Rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = issuer.Key.KeyId };
        var good = issuer.Token();
        var bad = new Dictionary<string, string>
        {
            ["audience"] = issuer.Token(audience: "other"),
            ["no audience"] = issuer.Token(audience: null),
            ["issuer"] = stranger.Token(),
            ["signed by a stranger"] = stranger.Token(issuer: issuer.Authority),
            ["expired"] = issuer.Token(minutes: -10),
            ["no organisation"] = issuer.Token(organisation: ""),
            ["no user"] = issuer.Token(user: " "),
            ["public key as a secret"] = issuer.Token(credentials: new SigningCredentials(publicKey, SecurityAlgorithms.HmacSha256)),
            ["no signature"] = Unsigned(good),
            ["changed"] = good[..^8] + (good[^8] == 'A' ? 'B' : 'A') + good[^7..],
            ["an ID token"] = issuer.Token(nonce: "n"),
            ["cut"] = good[..^40],
            ["nonsense"] = "a.b.c",
        };
        Assert.Equal(HttpStatusCode.OK, (await MeAsync(navi, good)).Status);
        foreach (var (what, token) in bad)
            Assert.True((await MeAsync(navi, token)).Status == HttpStatusCode.Unauthorized, what);
    }

    [Fact]
    public async Task Token_OfAKeyThatIsNew_MakesTheKeysBeReadAgainOnce()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var stranger = await TestIssuer.StartAsync();
        await using var navi = await StartAsync(issuer);
        Assert.Equal(HttpStatusCode.OK, (await MeAsync(navi, issuer.Token())).Status);
        issuer.Rotate();
        Assert.Equal(HttpStatusCode.OK, (await MeAsync(navi, issuer.Token())).Status);
        var reads = issuer.KeyReads;
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await MeAsync(navi, stranger.Token(issuer: issuer.Authority))).Status);
        Assert.InRange(issuer.KeyReads - reads, 0, 1);
    }

    [Fact]
    public async Task Token_WhenTheIssuerDoesNotAnswer_IsNeitherGoodNorBad()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var navi = await StartAsync(issuer);
        issuer.IsSilent = true;
        var (status, problem) = await MeAsync(navi, issuer.Token());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("urn:navi:problem:identity-unavailable", problem.GetProperty("type").GetString());
        issuer.IsSilent = false;
        Assert.Equal(HttpStatusCode.OK, (await MeAsync(navi, issuer.Token())).Status);
    }

    private static Task<Slice> StartAsync(TestIssuer issuer) => Slice.StartAsync((_, _) => [], new()
    {
        ["Navi:Identity:Issuers:0:Authority"] = issuer.Authority, ["Navi:Identity:Issuers:0:Audience"] = "navi", ["Navi:Identity:Issuers:0:OrganisationClaim"] = "org",
    });

    private static async Task<(HttpStatusCode Status, JsonElement Body)> MeAsync(Slice navi, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/me");
        navi.Http.DefaultRequestHeaders.Authorization = null;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await navi.Http.SendAsync(request);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    // RFC 7518, 3.6: the algorithm "none".
    private static string Unsigned(string token) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";
}
