using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Navi.Functions.Tests.Identity.Issuer.Support;

namespace Navi.Functions.Tests.Identity.Issuer;

/// <summary>The issuer under the address that the world knows, while this process is reached by an inner one.</summary>
public sealed class PublicAddressTests
{
    private const string Public = "https://navi.example.com";

    [Fact]
    public async Task Issuer_WithAPublicAddress_NamesItEverywhere()
    {
        await using var navi = await IssuerSlice.StartAsync(new() { ["Navi:Issuer:PublicUrl"] = Public });
        var discovery = JsonElement.Parse(await navi.Http.GetStringAsync("/.well-known/openid-configuration", TestContext.Current.CancellationToken));
        Assert.Equal(Public + "/", Device.Text(discovery, "issuer"));
        foreach (var name in new[] { "token_endpoint", "device_authorization_endpoint", "revocation_endpoint", "jwks_uri" })
            Assert.StartsWith(Public + "/", Device.Text(discovery, name), StringComparison.Ordinal);
        var device = await Device.BeginAsync(navi.Http);
        Assert.Equal(Public + "/connect/verify", Device.Text(device.Grant, "verification_uri"));
        Assert.StartsWith(Public + "/connect/signin?link=", await navi.LinkAsync(), StringComparison.Ordinal);
        var (_, client) = await navi.SendAsync(HttpMethod.Post, "/v1/clients", IssuerSlice.Bob, new { name = "x", roles = new[] { "viewer" } });
        var token = Device.Text(await Device.ClientTokenAsync(navi.Http, Device.Text(client, "client_id"), Device.Text(client, "client_secret")), "access_token");
        Assert.Equal(Public + "/", new JsonWebToken(token).Issuer);
        Assert.Equal(HttpStatusCode.OK, (await navi.MeAsync(token)).Status);
    }

    [Fact]
    public async Task Cookie_WithAPublicAddress_IsBoundToItAndTlsAndSetOnlyByItsOwnPages()
    {
        await using var navi = await IssuerSlice.StartAsync(new() { ["Navi:Issuer:PublicUrl"] = Public });
        var secret = (await navi.LinkAsync()).Split("link=")[1];
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(navi.Http.BaseAddress!.GetLeftPart(UriPartial.Authority))).Status);
        var (status, cookie) = await PostAsync(Public);
        Assert.Equal(HttpStatusCode.SeeOther, status);
        Assert.StartsWith("__Host-navi-session=", cookie, StringComparison.Ordinal);
        foreach (var part in new[] { "secure", "httponly", "samesite=lax", "path=/" })
            Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);

        async Task<(HttpStatusCode Status, string Cookie)> PostAsync(string origin)
        {
            using var plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = navi.Http.BaseAddress };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/signin") { Content = new FormUrlEncodedContent([new("link", secret)]) };
            request.Headers.Add("Origin", origin);
            using var answer = await plain.SendAsync(request, TestContext.Current.CancellationToken);
            return (answer.StatusCode, answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Single() : "");
        }
    }

    [Fact]
    public async Task Issuer_LocalAskedUnderAnotherName_IsNotThere()
    {
        await using var navi = await IssuerSlice.StartAsync();
        foreach (var path in new[] { "/.well-known/openid-configuration", "/connect/verify" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "evil.example" } };
            using var answer = await navi.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("no-issuer", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Issuer_ProductionWithoutAnAddress_IsNotThere()
    {
        var directory = Directory.CreateTempSubdirectory("navi-keys-");
        var file = Path.Combine(directory.FullName, "one");
        await File.WriteAllTextAsync(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), TestContext.Current.CancellationToken);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var navi = await IssuerSlice.StartAsync(new()
        {
            ["Navi:Environment"] = "Production", ["Navi:Identity:LocalToken"] = "", ["Navi:Encryption:KeyDirectory"] = directory.FullName, ["Navi:Encryption:KeyId"] = "one",
        });
        foreach (var path in new[] { "/.well-known/openid-configuration", "/.well-known/jwks", "/connect/verify", "/connect/signin", "/connect/external?issuer=0" })
            Assert.Equal(HttpStatusCode.NotFound, (await navi.SendAsync(HttpMethod.Get, path, IssuerSlice.Bob)).Status);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        form.Headers.Authorization = new AuthenticationHeaderValue("None");
        using var answer = await navi.Http.SendAsync(form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("http://navi.example.com", "https")]
    [InlineData("https://navi.example.com/navi", "without path")]
    [InlineData("navi.example.com", "without path")]
    public async Task Start_WithABadAddress_SaysWhatIsWrong(string address, string said)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => IssuerSlice.StartAsync(new() { ["Navi:Issuer:PublicUrl"] = address }));
        Assert.Contains(address, failure.Message, StringComparison.Ordinal);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }
}
